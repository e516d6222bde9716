import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Writes each text file a second time, compressed once and for all: no node spends time on it while people wait. */
function compressed(): Plugin {
  let out = 'dist';
  return {
    name: 'comity-compressed',
    apply: 'build',
    configResolved: (config) => {
      out = config.build.outDir;
    },
    closeBundle: () => {
      for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html)$/.test(name)) continue;
        const text = readFileSync(join(out, name));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length, [constants.BROTLI_PARAM_QUALITY]: 10 };
        writeFileSync(join(out, `${name}.br`), brotliCompressSync(text, { params }));
      }
    },
  };
}

/** One bundle for every node; `COMITY_NODE` names the node that the development server asks. */
export default defineConfig(({ command }) => {
  // Whoever starts the build, a test included, gets what people get: not the development build of React.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    plugins: [react(), compressed()],
    worker: { format: 'es' },
    build: { target: 'es2023', sourcemap: false, cssCodeSplit: true, reportCompressedSize: false, assetsInlineLimit: 0 },
    server: {
      proxy: Object.fromEntries(
        ['/api', '/public'].map((path) => [path, { target: process.env['COMITY_NODE'] ?? 'http://127.0.0.1:7401' }]),
      ),
    },
  };
});

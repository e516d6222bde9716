import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** One bundle for every node; `COMITY_NODE` names the node that the development server asks. */
export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2023', sourcemap: false, cssCodeSplit: true, reportCompressedSize: true, assetsInlineLimit: 0 },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/public'].map((path) => [path, { target: process.env['COMITY_NODE'] ?? 'http://127.0.0.1:7401' }]),
    ),
  },
});

import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { memoryFolder } from './sandbox/src/memory.ts';

const memory = memoryFolder();
/** Programs that tests start find here what Node made of our sources before: it looks whether they are still the same. */
const compiled = join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.{ts,tsx}',
      'sandbox/src/**/*.test.ts',
      'conformance/src/**/*.test.ts',
      'bench/src/**/*.test.ts',
      'docs/**/*.test.ts',
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    globalSetup: './sandbox/src/memory.ts',
    env: { NODE_COMPILE_CACHE: compiled, ...(memory === undefined ? {} : { TMPDIR: memory }) },
  },
});

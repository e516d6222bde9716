import { defineConfig } from 'vitest/config';
import { memoryFolder } from './sandbox/src/memory.ts';

const memory = memoryFolder();

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
    env: memory === undefined ? {} : { TMPDIR: memory },
  },
});

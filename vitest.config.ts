import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { memoryFolder } from './sandbox/src/memory.ts';

const memory = memoryFolder();
/** Programs that tests start find here what Node made of our sources before: it looks whether they are still the same. */
const compiled = join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

/** Tests that take long however short their files are; the first takes longest. */
const LONG = ['/sandbox/src/stories/', '/sandbox/src/browser/', '/sandbox/src/'];

/** Begins with what takes long: where nobody has measured yet, Vitest goes by the size of files, and one worker would wait for the other at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((folder) => moduleId.includes(folder));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

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
    sequence: { sequencer: LongFirst },
    globalSetup: './sandbox/src/memory.ts',
    env: { NODE_COMPILE_CACHE: compiled, ...(memory === undefined ? {} : { TMPDIR: memory }) },
  },
});

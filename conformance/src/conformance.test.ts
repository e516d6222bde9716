import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerer } from './answerer.ts';
import { ours } from './ours.ts';
import { type Answer, run } from './run.ts';
import { KINDS, readSuites } from './vectors.ts';

const suites = readSuites();
const vectors = suites.flatMap((suite) => suite.vectors);

const outcomes = await run(suites, ours);

describe('our packages', () => {
  it.each(outcomes.map((outcome) => [outcome.id, outcome] as const))('%s', (_id, outcome) => {
    expect(outcome.got).toBe(outcome.wanted);
    expect(outcome.passed).toBe(true);
  });

  it('are asked every kind of question', () => {
    expect(new Set(vectors.map((vector) => vector.kind))).toEqual(new Set(KINDS));
  });
});

describe('the runner', () => {
  const failures = async (answers: readonly Answer[]): Promise<readonly string[]> =>
    (await run(suites, () => answers)).flatMap((outcome) => (outcome.passed ? [] : [outcome.id]));

  it('fails each vector that is answered wrongly, refused wrongly, accepted wrongly or not at all', async () => {
    const right = await ours(vectors);
    for (const [index, vector] of vectors.entries()) {
      const other: Answer = vector.output === undefined ? { output: { text: '' } } : { refused: true };
      expect(await failures(right.with(index, other))).toEqual([vector.id]);
      expect(await failures(right.with(index, { output: { ...vector.output, more: 1 } }))).toEqual([vector.id]);
    }
    expect(await failures([])).toEqual(vectors.map((vector) => vector.id));
  });

  it('asks another program line by line and takes its answers in any order', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-conformance-'));
    const program = join(dir, 'other.mjs');
    // Knows canonical JSON for one thing only, and leaves one question unanswered.
    writeFileSync(
      program,
      `const lines = (await new Response(process.stdin).text()).trim().split('\\n').map((line) => JSON.parse(line));
      const known = lines.filter(({ kind }) => kind === 'canonical-json').reverse();
      for (const { id } of known.slice(1)) console.log(JSON.stringify({ id, refused: true }));`,
    );
    const answered = await run(suites, answerer(`"${process.execPath}" "${program}"`));
    rmSync(dir, { recursive: true });
    const passed = answered.filter((outcome) => outcome.passed).map((outcome) => outcome.id);
    const refusable = vectors.filter((vector) => vector.kind === 'canonical-json' && vector.output === undefined);
    expect(passed).toEqual(refusable.slice(0, -1).map((vector) => vector.id));
  });

  it('says which program failed instead of counting its silence as anything', async () => {
    await expect(run(suites, answerer('exit 3'))).rejects.toThrow('exit 3 ended with 3');
  });

  it('refuses a folder that holds a file of another form', () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-conformance-'));
    const write = (json: object): void => writeFileSync(join(dir, 'one.json'), JSON.stringify(json));
    const one = { name: 'x', kind: 'deadline', input: {}, refused: true };
    write({ v: 1, suite: 's', cases: [one] });
    expect(readSuites(dir)).toEqual([{ name: 's', vectors: [{ id: 's/x', kind: 'deadline', input: {} }] }]);
    for (const wrong of [
      { ...one, kind: 'guess' },
      { ...one, output: {} },
      { name: 'x', kind: 'deadline', input: {} },
    ]) {
      write({ v: 1, suite: 's', cases: [wrong] });
      expect(() => readSuites(dir)).toThrow('one.json: case 0');
    }
    write({ v: 1, suite: 's', cases: [one, one] });
    expect(() => readSuites(dir)).toThrow('two cases are named s/x');
    rmSync(dir, { recursive: true });
  });
});

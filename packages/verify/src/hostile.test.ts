import { formatVerifierKey } from '@comity/prove';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from './casefile.ts';
import { edited, type Loose } from './testing/edit.ts';
import { play } from './testing/engagement.ts';
import { functions } from './testing/keys.ts';
import { witnessHand } from './testing/log.ts';
import { TRUST } from './testing/world.ts';
import { parseTrust } from './trust.ts';
import { verifyCase } from './verify.ts';

const RUNS = process.env['SLOW'] === '1' ? 5000 : 150;
let file: CaseFile;
let text: string;

beforeAll(async () => {
  file = await play().file();
  text = JSON.stringify(file);
});

/** Members of the file that nothing signs: who made it and when, and which logs it says are missing. */
const UNSIGNED = ['madeBy', 'madeAt', 'logsAbsent'];

/** Every text in the file that a signature, a digest or a proof protects, with the way to it. */
function protectedTexts(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => path.length > 0 || !UNSIGNED.includes(key))
    .flatMap(([key, member]) => protectedTexts(member, [...path, Array.isArray(value) ? Number(key) : key]));
}

function setAt(value: Loose, path: readonly (string | number)[], change: (old: string) => string): void {
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce((at: Loose, key) => at[key], value);
  parent[last] = change(parent[last]);
}

/** Another character of the same alphabet at a place. */
function flipped(old: string, place: number): string {
  if (old === '') return 'x';
  const at = place % old.length;
  const code = old.charCodeAt(at);
  return `${old.slice(0, at)}${String.fromCharCode(code === 0x41 ? 0x42 : 0x41)}${old.slice(at + 1)}`;
}

describe('a hostile file', () => {
  it('with any one character of any signed, hashed or proven text changed is never by the book', () => {
    const paths = protectedTexts(file);
    fc.assert(
      fc.property(fc.nat(paths.length - 1), fc.nat(5000), (which, place) => {
        const copy = edited(file, (f) => setAt(f, paths[which] ?? [], (old) => flipped(old, place)));
        expect(verifyCase(copy, TRUST, functions).verdict).not.toBe('by-the-book');
      }),
      { numRuns: RUNS },
    );
  });

  it('with any member taken out or replaced never throws, and never becomes by the book by what it hides', () => {
    const values = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        undefined,
        -1,
        1e308,
        Number.NaN,
        '',
        '\ud800',
        [],
        {},
        '9999-12-31T23:59:59.999Z',
        '18446744073709551615',
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 6 }), values, (way, value) => {
        const copy = edited(file, (f) => replaceAlong(f, way, value));
        const report = verifyCase(copy, TRUST, functions);
        expect(['by-the-book', 'departures', 'tampered', 'cannot-tell']).toContain(report.verdict);
      }),
      { numRuns: RUNS },
    );
  });

  it('of any JSON at all never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(verifyCase(value, TRUST, functions).verdict).toBe('cannot-tell');
        const claiming = { format: 'comity-case', v: 2, ...(typeof value === 'object' ? value : { value }) };
        expect(verifyCase(claiming, TRUST, functions).verdict).not.toBe('by-the-book');
      }),
      { numRuns: RUNS },
    );
  });

  it('nested without end, or with lone surrogates, is refused before anything is hashed', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(verifyCase({ ...file, procedure: { deep } }, TRUST, functions).findings[0]?.code).toBe('form');
    expect(verifyCase({ ...file, case: '\ud800' }, TRUST, functions).findings[0]?.code).toBe('form');
    expect(text.length).toBeGreaterThan(1000);
  });

  it('with more findings than anybody reads still gets its answer', () => {
    const entries = Array.from({ length: 50_000 }, (_, i) => ({ index: String(i), entry: 'AAAA', proof: [] }));
    const report = verifyCase(
      edited(file, (f) => f.logs.map((log: Loose) => (log.entries = entries))),
      TRUST,
      functions,
    );
    expect(report.verdict).toBe('tampered');
    expect(report.findings.filter(({ code }) => code === 'entry-unreadable')).toHaveLength(100_000);
  });
});

function replaceAlong(start: Loose, way: readonly number[], value: unknown): void {
  let at = start;
  for (const [depth, step] of way.entries()) {
    const keys = Object.keys(at);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    const next = at[key];
    if (depth < way.length - 1 && typeof next === 'object' && next !== null) at = next;
    else {
      if (value === undefined) delete at[key];
      else at[key] = value;
      return;
    }
  }
}

describe('a trust file', () => {
  const witness = (name: string): string => formatVerifierKey(witnessHand(name).key);
  const read = (json: unknown) => parseTrust(json, functions.sha256);
  const two = `witness a ${witness('a.test/witness')}\nwitness b ${witness('b.test/witness')}\n`;

  it('names an environment, a key, and perhaps a policy of witnesses, and nothing else', () => {
    expect(read(TRUST).ok).toBe(true);
    expect(read({ ...TRUST, policy: `${two}group both all a b\nquorum both\n` })).toMatchObject({
      ok: true,
      value: { policy: { quorum: 'both' } },
    });
    for (const [field, wrong] of [
      ['v', 2],
      ['env', 'test'],
      ['directoryKey', 'short'],
      ['directoryKey', 7],
      ['policy', ['w']],
      ['policy', 'quorum none\n'],
      ['extra', 1],
    ] as const) {
      expect(read({ ...TRUST, [field]: wrong })).toEqual({ ok: false, refusal: { code: 'trust-file-invalid', field } });
    }
    expect(read(null).ok).toBe(false);
  });

  it.each([
    ['one witness', `witness a ${witness('a.test/witness')}\nquorum a\n`, 'a.test'],
    ['any of two', `${two}group one any a b\nquorum one\n`, 'a.test b.test'],
    [
      'two of one house',
      `witness a ${witness('a.test/one')}\nwitness b ${witness('a.test/two')}\ngroup g all a b\nquorum g\n`,
      'a.test',
    ],
  ])('is refused when one organisation could meet the quorum alone: %s', (_, policy, sole) => {
    const values = { sole };
    expect(read({ ...TRUST, policy })).toEqual({ ok: false, refusal: { code: 'trust-file-invalid', field: 'policy', values } });
  });

  it('is refused when its policy cannot be read', () => {
    expect(read({ ...TRUST, policy: 'quorum x\n' })).toMatchObject({ ok: false, refusal: { field: 'policy' } });
  });
});

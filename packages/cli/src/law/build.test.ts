import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildLaw } from './build.ts';
import { FACT_TYPES_FILE } from './facttypes.ts';

const LAW = resolve(import.meta.dirname, '../../../../law');
/** Regimes that a fault is planted into: to find it takes no more of the law than these. */
const FEW = ['us.hipaa', 'us.dsp', 'eu.gdpr'];
let lawDir = '';
/** Holds those few regimes as they are built: most tests begin there. */
let built = '';

beforeAll(async () => {
  await takeFew();
  built = resolve(lawDir, '..');
  await buildLaw({ lawDir, check: false, types: join(built, 'facts.ts') });
});
afterAll(() => rm(built, { recursive: true }));
beforeEach(takeFew);
afterEach(() => rm(resolve(lawDir, '..'), { recursive: true }));

async function takeFew(): Promise<void> {
  lawDir = join(await mkdtemp(join(tmpdir(), 'law-')), 'law');
  await take('vocabulary.yaml', 'cooperation.yaml', 'schema', ...FEW.map((id) => join('regimes', `${id}.yaml`)));
}

/** Begins with what was built of the few. */
async function takeBuilt(): Promise<void> {
  await cp(built, resolve(lawDir, '..'), { recursive: true });
}

/** Copies parts of the law as it is committed. */
async function take(...parts: readonly string[]): Promise<void> {
  for (const part of parts) await cp(join(LAW, part), join(lawDir, part), { recursive: true });
}

async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const path = join(lawDir, file);
  const before = await readFile(path, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await writeFile(path, after);
}

describe('building the law', () => {
  test('twice gives the same bytes, and the second time nothing changes', async () => {
    const first = await buildLaw({ lawDir, check: false });
    expect(first.ok && first.value.changed.length).toBeGreaterThan(3);
    const bytes = await readFile(join(lawDir, 'packs', 'index.json'), 'utf8');
    expect(await buildLaw({ lawDir, check: false })).toMatchObject({ ok: true, value: { changed: [] } });
    expect(await readFile(join(lawDir, 'packs', 'index.json'), 'utf8')).toBe(bytes);
    expect(await buildLaw({ lawDir, check: true })).toMatchObject({ ok: true });
  });

  test('the committed packs are those of the committed law', async () => {
    await take('regimes');
    await buildLaw({ lawDir, check: false });
    for (const name of (await readdir(join(lawDir, 'packs'))).filter((file) => file !== 'index.json')) {
      expect(await readFile(join(LAW, 'packs', name), 'utf8'), name).toBe(await readFile(join(lawDir, 'packs', name), 'utf8'));
    }
  });

  test('a changed law makes the packs stale, and the check says which and writes nothing', async () => {
    await takeBuilt();
    await edit('regimes/us.hipaa.yaml', 'version: 1', 'version: 2');
    const before = await readFile(join(lawDir, 'packs', 'us.hipaa.json'), 'utf8');
    expect(await buildLaw({ lawDir, check: true })).toMatchObject({
      ok: false,
      refusal: { code: 'pack-invalid', values: { reason: expect.stringMatching(/stale/) } },
    });
    expect(await readFile(join(lawDir, 'packs', 'us.hipaa.json'), 'utf8')).toBe(before);
  });

  test('a pack that no file stands for any more is removed', async () => {
    await takeBuilt();
    await rm(join(lawDir, 'regimes', 'us.hipaa.yaml'));
    expect(await buildLaw({ lawDir, check: false })).toMatchObject({
      ok: true,
      value: { changed: ['index.json', 'us.hipaa.json'] },
    });
  });

  test('the types of the facts are those of the vocabularies', async () => {
    await takeBuilt();
    const types = join(lawDir, '..', 'facts.ts');
    expect(await readFile(types, 'utf8')).toBe(await readFile(join(LAW, '..', FACT_TYPES_FILE), 'utf8'));
    await writeFile(types, 'something else');
    expect(await buildLaw({ lawDir, check: true, types })).toMatchObject({ ok: false, refusal: { field: types } });
  });

  test('signatures stay while the index stands, and go with it', async () => {
    await takeBuilt();
    const signatures = join(lawDir, 'packs', 'signatures.json');
    await writeFile(signatures, '[]');
    expect(await buildLaw({ lawDir, check: true })).toMatchObject({ ok: true });
    await edit('regimes/us.hipaa.yaml', /version: (\d+)/, 'version: 77');
    expect(await buildLaw({ lawDir, check: false })).toMatchObject({
      ok: true,
      value: { changed: ['index.json', 'signatures.json', 'us.hipaa.json'] },
    });
  });

  test('Norway is a country', async () => {
    expect(await readFile(join(built, 'law', 'packs', 'eu.gdpr.json'), 'utf8')).toContain('["IS","LI","NO"]');
  });

  const faults: readonly (readonly [string, string, string | RegExp, string, RegExp])[] = [
    [
      'a rule that no longer answers its example',
      'regimes/us.dsp.yaml',
      'data.us_people_12m.health: { over: 10000 }',
      'data.us_people_12m.health: { over: 10001 }',
      /holds 5/,
    ],
    ['a region that lost a member', 'regimes/us.dsp.yaml', '[CN, HK, MO,', '[CN, MO,', /holds 2/],
    [
      'a rule moved by a day',
      'regimes/us.dsp.yaml',
      'force: { from: 2025-10-06 }\n    when',
      'force: { from: 2025-10-07 }\n    when',
      /day of the duty/,
    ],
    ['a key the schema does not know', 'regimes/us.hipaa.yaml', 'title:', 'titel:', /required|must NOT/],
    ['an unknown fact', 'regimes/us.hipaa.yaml', 'purpose: medical_care }', 'purpose_of_it: medical_care }', /fact-unknown/],
    ['YAML that is none', 'regimes/us.hipaa.yaml', 'rules:', 'rules: [', /./],
    ['a file under another name than its id', 'regimes/us.hipaa.yaml', 'pack: us.hipaa', 'pack: us.hippo', /file name/],
  ];
  test.each(faults)('%s is refused, naming the file', async (_, file, from, to, reason) => {
    await edit(file, from, to);
    const built = await buildLaw({ lawDir, check: false });
    expect(built.ok).toBe(false);
    if (!built.ok) {
      expect(built.refusal.field).toContain(file.split('/')[1]);
      expect(String(built.refusal.values?.['reason'])).toMatch(reason);
    }
  });
});

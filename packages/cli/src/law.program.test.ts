import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKS, ROOT } from './places.ts';
import { type Answered, fileIn, runIn } from './testing/run.ts';

let dir = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-law-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const run = (...args: readonly string[]): Answered => runIn(dir, ...args);
const file = (name: string, content: unknown): string => fileIn(dir, name, content);

/** A US hospital gives 50,000 people's health data to an analyst in China. */
const TO_CHINA = {
  'exporter.country': 'US',
  'exporter.region': 'US-NY',
  'exporter.kind': 'company',
  'exporter.roles': ['covered_entity'],
  'exporter.sectors': ['healthcare'],
  'exporter.targets': [],
  'exporter.knowledge_attested': true,
  'data.categories': ['personal', 'health'],
  'data.form': 'clear',
  'data.us_people_12m.health': 50_000,
  'data.subjects.residence': ['US'],
  relationship: 'vendor',
  transaction: 'vendor_agreement',
  purpose: 'analytics',
  'purpose.evasion_attested': false,
  'purpose.federal_grant': 'none',
  'purpose.necessity_attested': [],
  'onward.directed_attested': false,
  'flow.access': 'send',
  'flow.visibility': 'clear',
  'importer.country': 'CN',
  'importer.location': 'CN',
  'importer.headquarters': 'CN',
  'importer.kind': 'company',
  'importer.roles': ['processor'],
  'importer.designations': [],
  safeguards: [],
  'procedure.approvals': [],
};

describe('comity assess, in its exit code', () => {
  it('tells prohibited, undecided and an authority’s word apart, and refuses what is no fact with the nearest name', () => {
    const on = ['--on', '2026-10-01'];
    expect(run('assess', file('cn.json', TO_CHINA), ...on).code).toBe(2);
    expect(run('assess', file('open.json', { 'exporter.country': 'US' }), ...on).code).toBe(3);
    const wrong = run('assess', file('wrong.json', { 'exporter.contry': 'US' }), ...on);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('exporter.country')]);
    expect(run('assess', file('past.json', TO_CHINA), '--on', '1790-01-01').err).toContain('before the first law');
  });

  it('reads YAML, and a sheet with sources', () => {
    const yaml = Object.entries(TO_CHINA).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    expect(run('assess', file('cn.yaml', yaml.join('\n')), '--on', '2026-10-01').code).toBe(2);
    const sheet = Object.entries(TO_CHINA).map(([name, value]) => ({ name, value, source: 'declared', asOf: '2026-09-01' }));
    expect(run('assess', file('sheet.json', { on: '2026-10-01', sheet })).code).toBe(2);
  });

  it('says in its first line when the law behind a verdict was not confirmed', () => {
    const [first] = run('assess', file('cn2.json', TO_CHINA), '--on', '2026-10-01').out.split('\n');
    const { confirmed } = JSON.parse(run('assess', file('cn3.json', TO_CHINA), '--on', '2026-10-01', '--json').out);
    expect(first?.includes('confirmed') || first?.includes('secondary')).toBe(confirmed !== 'official');
  });
});

describe('comity where and comity instead', () => {
  it('gives a verdict for every country, Puerto Rico and Hong Kong as themselves', () => {
    const question = file('where.json', {
      on: '2026-10-01',
      facts: TO_CHINA,
      elsewhere: { 'importer.covered_person_attested': false },
    });
    const { countries } = JSON.parse(run('where', question, '--json').out);
    const of = (code: string) => countries.find(({ country }: { country: string }) => country === code)?.verdict;
    expect(countries.length).toBeGreaterThan(240);
    expect([of('PR'), of('HK')]).toEqual(['conditional', 'prohibited']);
    expect(run('where', question).out).toContain(' PR ');
  });

  it('lists the cheapest ways that work, a partner in Puerto Rico among them', () => {
    const question = file('instead.json', {
      on: '2026-10-01',
      facts: TO_CHINA,
      elsewhere: { 'importer.covered_person_attested': false },
    });
    const { code, out } = run('instead', question);
    expect(code).toBe(0);
    expect(out).toContain('cisa_security_requirements');
    expect(out).toMatch(/an importer in [A-Z ]*PR/);
  });
});

describe('comity law', () => {
  it('lists, shows and searches what is loaded', () => {
    const packs = JSON.parse(run('law', 'list', '--json').out);
    expect(packs.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(['us.dsp', 'cn.pipl', 'eu.e-evidence']));
    expect(run('law', 'show', 'us.dsp').out).toContain('28 CFR 202');
    expect(run('law', 'show', 'us.hipaa.502-e').out).toContain('business associate contract');
    expect(run('law', 'show', 'xx.yy').code).toBe(1);
    expect(run('law', 'search', 'business', 'associate').out).toContain('us.hipaa');
    expect(run('law', 'search', 'xylophone').code).toBe(1);
  });

  it('shows what differs between two versions, and what that does to transfers that run', () => {
    const old = join(PACKS, 'us.hipaa.json');
    const json = JSON.parse(readFileSync(old, 'utf8'));
    const changed = file('us.hipaa.json', { ...json, version: json.version + 1, rules: json.rules.slice(1) });
    expect(run('law', 'diff', old, changed).out).toContain(`- rule ${json.rules[0].id}`);
    expect(run('law', 'diff', old, old, '--json').out).toContain('"differences":[]');
    const live = file('live.jsonl', `${JSON.stringify({ id: 'claims', facts: TO_CHINA })}\n`);
    const found = run('law', 'impact', changed, '--live', live, '--on', '2026-10-01', '--json');
    expect(found.code).toBe(2);
    expect(JSON.parse(found.out)).toMatchObject({
      decided: 1,
      changed: [{ id: 'claims', regimes: [{ regime: 'us.hipaa', to: 'free' }] }],
    });
    expect(run('law', 'impact', old, '--live', live, '--on', '2026-10-01').code).toBe(0);
  });

  it('refuses a draft with a circle or an unknown word, and a file larger than any law', () => {
    const json = JSON.parse(readFileSync(join(PACKS, 'us.hipaa.json'), 'utf8'));
    const circle = { ...json, define: { ...json.define, a: { cite: 'x', when: { use: 'a' } } } };
    expect(run('law', 'impact', file('circle.json', circle), '--json').out).toContain('definition-in-circle');
    expect(run('law', 'impact', file('word.json', { ...json, colour: 'red' }), '--json').out).toContain('key-unknown');
    expect(run('law', 'impact', file('huge.json', ' '.repeat(4_100_000)), '--json').out).toContain('pack-too-large');
  });

  it('signs packs, adding to the signatures that are there', () => {
    const packs = join(dir, 'packs');
    cpSync(PACKS, packs, { recursive: true });
    const key = join(dir, 'publisher.json');
    expect(run('law', 'sign', '--key', key, '--law', packs).out).toContain('lawSigners');
    expect(run('law', 'sign', '--key', join(dir, 'second.json'), '--law', packs).code).toBe(0);
    expect(run('law', 'sign', '--key', key, '--law', packs).code).toBe(0);
    expect(JSON.parse(readFileSync(join(packs, 'signatures.json'), 'utf8'))).toHaveLength(2);
    expect(run('law', 'sign', '--key', file('bad.json', {}), '--law', packs).code).toBe(1);
  });

  it('makes no key where there is nothing to sign', () => {
    const key = join(dir, 'never.json');
    expect(run('law', 'sign', '--key', key, '--law', dir, '--json').out).toContain('not-found');
    expect(existsSync(key)).toBe(false);
  });

  it('names the line of a frozen decision that was cut off', () => {
    const law = join(dir, 'law');
    cpSync(join(ROOT, 'law'), law, { recursive: true });
    const frozen = join(law, 'decisions', 'us.hipaa.jsonl');
    writeFileSync(frozen, readFileSync(frozen, 'utf8').slice(0, -20));
    const { code, err: said } = run('law', 'check', 'us.hipaa', '--dir', law);
    expect(code).not.toBe(0);
    expect(said).toMatch(/us\.hipaa\.jsonl:\d+/);
  });

  it('finds its own law in order', () => {
    expect(JSON.parse(runIn(ROOT, 'law', 'check', 'us.hipaa', '--json').out).packs[0]).toMatchObject({
      pack: 'us.hipaa',
      faults: [],
      caseFaults: [],
    });
  });
});

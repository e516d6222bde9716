import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeEntry, formatProof, type LogEntry } from '@comity/prove';
import { formatExtra } from '@comity/verify';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './node/config.ts';
import { ROOT } from './places.ts';
import { programOf } from './program.ts';
import { type Answered, fileIn, runIn } from './testing/run.ts';
import { ServedLog } from './testing/servedLog.ts';

let dir = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const run = (...args: readonly string[]): Answered => runIn(dir, ...args);
const file = (name: string, content: unknown): string => fileIn(dir, name, content);

const FACTS = { 'exporter.country': 'US', 'importer.country': 'US' };
const WITNESS = 'w.test/w+e5ed5bfb+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
const TRUST = { v: 1, env: 'sandbox', directoryKey: 'A'.repeat(43) };

describe('the program', () => {
  it('says what it can do, and that a word is unknown', () => {
    expect(run('--help').code).toBe(0);
    expect(run('--help').out).toContain('verify');
    expect(run('frobnicate').code).toBe(64);
    expect(run('node', 'start').code).toBe(64);
  });

  it('has words for every command and every option', async () => {
    const words = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'messages', 'en.json'), 'utf8'));
    const all = (command: Command): readonly string[] => [
      command.description(),
      ...command.options.map((option) => option.description),
      ...command.registeredArguments.map((argument) => argument.description),
      ...command.commands.flatMap((sub) => all(sub)),
    ];
    for (const text of all(await programOf()).filter((one) => one !== 'output the version number'))
      expect(Object.values(words)).toContain(text);
  });

  it('starts under an older Node by handing over to the one of the packages', () => {
    const boot = readFileSync(join(import.meta.dirname, '..', 'bin', 'comity.js'), 'utf8');
    expect(boot).not.toMatch(/import .* from '\.\.\/src/);
    expect(readFileSync(join(ROOT, 'packages', 'cli', 'package.json'), 'utf8')).toContain('./bin/comity.js');
  });
});

describe('comity gate', () => {
  const order = {
    'order.instrument': 'epoc',
    'order.action': 'issue',
    'order.data': 'subscriber',
    'order.target': 'specific',
    'order.emergency': false,
    'order.necessity_attested': true,
    'issuer.country': 'FR',
    'issuer.kind': 'prosecutor',
  };
  const on = '2026-10-01';

  it('answers one line for one line, in the form of the law contract', () => {
    const lines = [
      { id: 'a', on, facts: order },
      { id: 'b', on, facts: { ...order, 'issuer.kind': 'moon' } },
      { id: 'c', on },
    ];
    const { code, out } = run('gate', '--batch', file('g.jsonl', lines.map((line) => JSON.stringify(line)).join('\n')), '--json');
    const answers = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(answers[0]).toMatchObject({ id: 'a', decision: 'allowed', due: 'P10D', notify: false, tasks: [] });
    expect(answers[0].because).toContainEqual({ rule: 'eu.e-evidence.4-1', cite: 'Art. 4(1), (3) and (5)' });
    expect(answers[1]).toMatchObject({ id: 'b', refusal: { code: 'fact-invalid', field: 'issuer.kind' } });
    expect(answers[2]).toMatchObject({ id: 'c', refusal: { code: 'fact-invalid' } });
    expect(code).toBe(1);
  });

  it('says in plain words what stands in the way, by what law, and carries it in the exit code', () => {
    const alone = { ...order, 'order.data': 'content', 'offence.max_penalty_years': 5, 'issuer.validated_by': 'none' };
    const blocked = run('gate', file('alone.json', { on, facts: alone }));
    expect(blocked.code).toBe(2);
    expect(blocked.out).toContain('May not go on.');
    expect(blocked.out).toContain('a prosecutor alone may not');
    expect(blocked.out).toContain('Art. 4(2)');
    const { 'issuer.kind': _kind, ...nobody } = order;
    const open = run('gate', file('open.json', { on, facts: nobody }));
    expect(open.code).toBe(3);
    expect(open.out).toContain('issuer.kind');
    expect(run('gate', file('fine.json', { on, facts: order })).code).toBe(0);
    expect(run('gate').code).toBe(1);
  });
});

describe('comity assess', () => {
  it('answers one line for one line, in the form of the law contract', () => {
    const line = JSON.stringify({ id: 'a', on: '2026-11-22', facts: FACTS });
    const { code, out } = run('assess', '--batch', file('b.jsonl', `${line}\n${line.replace('"a"', '"b"')}\n`), '--json');
    expect(code).toBe(0);
    const answers = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(answers.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(Object.keys(answers[0])).toEqual(['id', 'verdict', 'regimes', 'derived', 'confirmed']);
  });

  it('answers a bad line in its place, goes on, and says so by exit code 1', () => {
    const lines = [
      '{',
      '{"id":"x","on":"2026-11-22","facts":{"no.such":1}}',
      JSON.stringify({ id: 'ok', on: '2026-11-22', facts: FACTS }),
    ];
    const { code, out } = run('assess', '--batch', file('bad.jsonl', lines.join('\n')), '--json');
    expect(code).toBe(1);
    const answers = out
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(answers.map((answer) => answer.refusal?.code ?? 'answered')).toEqual(['body-not-json', 'fact-unknown', 'answered']);
  });

  it('gives one transfer in words, or with its record', () => {
    const facts = file('facts.json', FACTS);
    expect(run('assess', facts).out.length).toBeGreaterThan(10);
    const answer = JSON.parse(run('assess', facts, '--on', '2026-11-22', '--json').out);
    expect(answer.record.on).toBe('2026-11-22');
    expect(run('assess').code).toBe(1);
  });
});

describe('comity verify', () => {
  it('cannot tell without a trust file, without the file, or of what is no case file: exit code 3', () => {
    const trust = file('trust.json', TRUST);
    expect(run('verify', file('x.comity', {})).code).toBe(3);
    expect(run('verify', join(dir, 'nowhere'), '--trust', trust).code).toBe(3);
    expect(run('verify', file('half.comity', '{"form'), '--trust', trust).code).toBe(3);
    const report = run('verify', file('x.comity', {}), '--trust', trust, '--json');
    expect(report.code).toBe(3);
    expect(JSON.parse(report.out).verdict).toBe('cannot-tell');
  });

  it('says tampered by exit code 2, verdict first', () => {
    const { code, out } = run('verify', file('y.comity', { format: 'comity-case', v: 2 }), '--trust', file('trust.json', TRUST));
    expect(code).toBe(2);
    expect(out.split('\n')[0]).toMatch(/^Tampered/);
  });
});

describe('comity verify of a proof', () => {
  it('cannot tell without a policy, with one that is none, or with one that a single organisation meets', () => {
    const proof = file('x.tlog-proof', 'c2sp.org/tlog-proof@v1\nindex 0\n\nx');
    expect([run('verify', proof).code, run('verify', proof).err]).toEqual([3, expect.stringContaining('--policy')]);
    expect(run('verify', proof, '--policy', file('p1', 'quorum x\n')).code).toBe(3);
    const sole = `witness w ${WITNESS}\nquorum w\n`;
    expect(run('verify', proof, '--policy', file('p2', sole)).err).toContain('sole: w.test');
    const unread = run('verify', proof, '--policy', file('p3', 'quorum none\n'));
    expect([unread.code, unread.out]).toEqual([3, expect.stringContaining('not a proof')]);
  });
});

describe('comity verify of a proof that was handed out', () => {
  it('says whether it holds in its exit code, and shows the entry only where it does', async () => {
    const log = new ServedLog();
    const entry: LogEntry = {
      ...{ v: 1, t: 'case.read', id: '01a20000-0000-7000-8000-000000000001', nonce: 'A'.repeat(43), case: 'c' },
      ...{ at: '2026-11-26T08:00:00.000Z', actor: 'p#sign-1', role: 'clerk' },
    };
    const bytes = encodeEntry(entry);
    const checkpoint = await log.grow([Buffer.from(bytes).toString()], Date.parse(entry.at));
    const proof = formatProof({ extra: formatExtra({ entry: bytes, disclosures: [] }), index: 0n, hashes: [], checkpoint });
    const policy = file('log.policy', `${log.vkeys.map((vkey) => `log ${vkey}\n`).join('')}quorum none\n`);
    const holds = run('verify', file('good.tlog-proof', proof), '--policy', policy);
    expect([holds.code, holds.out]).toEqual([0, expect.stringContaining('case.read  p#sign-1 (clerk)')]);
    const other = formatExtra({ entry: encodeEntry({ ...entry, role: 'judge' }), disclosures: [] });
    const forged = formatProof({ extra: other, index: 0n, hashes: [], checkpoint });
    const fails = run('verify', file('bad.tlog-proof', forged), '--policy', policy, '--json');
    expect([fails.code, JSON.parse(fails.out).entry]).toEqual([2, undefined]);
  });
});

describe('comity verify --page', () => {
  it('writes the verifier as one page', () => {
    const { code, out } = run('verify', '--page', join(dir, 'page.html'));
    expect([code, out]).toEqual([0, expect.stringContaining('page.html')]);
    expect(readFileSync(join(dir, 'page.html'), 'utf8')).toContain("default-src 'none'");
    expect(run('verify', '--page', join(dir, 'nowhere', 'page.html')).code).toBe(1);
    expect(run('verify').code).toBe(3);
  });
});

describe('comity node', () => {
  const good = {
    env: 'sandbox',
    party: 'p',
    port: 7000,
    dir: 'd',
    keystore: 'k',
    directory: 'directory.json',
    directoryKey: TRUST.directoryKey,
    people: [],
  };

  it.each([
    ['env', { env: 'test' }],
    ['party', { party: '' }],
    ['port', { port: 0 }],
    ['databaseUrl', { databaseUrl: 'mysql://x' }],
    ['directoryKey', { directoryKey: 'short' }],
    ['people', { people: [{ id: 'x' }] }],
    ['unwitnessedHours', { unwitnessedHours: 1000 }],
    ['headDir', { headDir: 7 }],
    ['stampUrl', { stampUrl: 'ftp://clock.example' }],
    ['vault', { vault: 'bucket' }],
    ['colour', { colour: 'red' }],
    ['directory: directory.json', {}],
  ])('checks its configuration before it opens anything, and names the field: %s', (field, change) => {
    const read = readConfig(file('c.json', { ...good, ...change }), {});
    expect(!read.ok && read.refusal.field).toBe(field);
  });

  it('says by exit code 1 that its configuration is refused, and why', () => {
    for (const [name, change] of [
      ['colour', { colour: 'red' }],
      ['directory: directory.json', {}],
    ] as const) {
      const { code, out } = run('node', 'start', '--config', file('c.json', { ...good, ...change }), '--json');
      expect([code, JSON.parse(out).refusal.field]).toEqual([1, name]);
    }
  });

  it('asks for the passphrase before it makes keys, and invites only its own people', () => {
    file('directory.json', { directory: {}, signature: 'x' });
    const config = file('c.json', good);
    expect(JSON.parse(run('node', 'start', '--config', config, '--json').out).refusal.field).toBe('COMITY_PASSPHRASE');
    expect(JSON.parse(run('node', 'invite', 'nobody', '--config', config, '--json').out).refusal.field).toBe('people: nobody');
    rmSync(join(dir, 'directory.json'));
  });

  it('reads the policy of witnesses from the file that is named', () => {
    file('directory.json', { directory: {}, signature: 'x' });
    const wanting = file('c.json', { ...good, witnessPolicy: 'nowhere.policy' });
    expect(JSON.parse(run('node', 'start', '--config', wanting, '--json').out).refusal.field).toBe(
      'witnessPolicy: nowhere.policy',
    );
    file('log.policy', 'quorum none\n');
    const config = file('c.json', { ...good, witnessPolicy: 'log.policy', headDir: 'heads', unwitnessedHours: 2 });
    const read = readConfig(config, {});
    expect(read.ok && [read.value.witnessPolicy, read.value.headDir, read.value.unwitnessedHours]).toEqual([
      'quorum none\n',
      join(dir, 'heads'),
      2,
    ]);
    rmSync(join(dir, 'directory.json'));
  });
});

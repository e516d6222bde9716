import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64, isJsonObject, type JsonObject, toHex } from '@comity/core';
import { type Operator, openOperator, sha256, signOrder } from '@comity/node';
import { decodeEntry, encodeEntry, type LogEntry, leafHash } from '@comity/prove';
import type { Report } from '@comity/verify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEntry } from '../../packages/node/src/store/testing/log.ts';
import { Actor } from './stories/actor.ts';
import { verifyApart } from './stories/verifier.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let investigator: Actor;
let prosecutor: Actor;
let judge: Actor;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
  prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
  judge = await Actor.signIn(sandbox, 'pt-court', 'judge-1');
});

afterAll(() => sandbox.stop());

/** A case from its draft to the judge's word. */
async function judged(more: object = {}): Promise<string> {
  const seats = { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' };
  const id = await investigator.open({
    procedure: 'eu.epoc',
    type: 'draft',
    data: {
      ...{ seats, items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }], purpose: 'criminal-investigation' },
      ...{ maxPenaltyYears: 5, retentionUntil: '2030-06-30T00:00:00.000Z', offenceInIssuingState: true },
      ...{ personInIssuingState: false, ...more },
    },
    sections: {
      identifiers: { i1: { type: 'email', value: 'm.duarte@skymail.example' } },
      ...{ offence: { statute: 'x' }, necessity: { summary: 'x', text: 'x' } },
    },
  });
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await judge.until(id, 'validate');
  await judge.act(id, {
    type: 'validate',
    data: { decisions: [{ item: 'i1', choice: 'approve' }] },
    sections: { reasons: { text: 'tied to the transfers' } },
  });
  await prosecutor.until(id, 'send');
  return id;
}

interface Filed {
  readonly file: JsonObject;
  readonly report: Report;
  readonly codes: readonly string[];
}

/** The court's file of a case, and what the verifier says of it. */
async function filed(id: string): Promise<Filed> {
  await judge.read(id);
  const file = await judge.get<JsonObject>(`/api/cases/${id}/proof`);
  const path = join(sandbox.dir, `${id}.comity`);
  writeFileSync(path, JSON.stringify(file));
  const { report } = await verifyApart(path, join(sandbox.dir, 'trust.json'));
  return { file, report, codes: report.findings.map(({ code }) => code) };
}

/** What the court's log says of a case, by the extracts in its file. */
function logOfCourt({ file }: Filed): {
  readonly extract: JsonObject;
  readonly entries: readonly { readonly index: string; readonly bytes: Uint8Array; readonly entry: LogEntry }[];
} {
  const logs = Array.isArray(file['logs']) ? file['logs'] : [];
  const extract = logs.find((log) => isJsonObject(log) && log['party'] === 'pt-court');
  if (!isJsonObject(extract) || !Array.isArray(extract['entries'])) throw new Error('the file has no log of the court');
  const entries = extract['entries'].map((filedEntry) => {
    const bytes = fromBase64(isJsonObject(filedEntry) ? String(filedEntry['entry']) : '');
    const entry = decodeEntry(bytes);
    if (!entry.ok) throw new Error(entry.detail);
    return { index: isJsonObject(filedEntry) ? String(filedEntry['index']) : '', bytes, entry: entry.value };
  });
  return { extract, entries };
}

async function asOperatorOf<T>(org: string, work: (operator: Operator) => Promise<T>): Promise<T> {
  const { house } = sandbox.node(org);
  const operator = openOperator({
    ...{ env: 'sandbox', party: org, databaseUrl: sandbox.databaseUrl(org), dir: join(sandbox.dir, 'orgs', org) },
    ...{ directory: house.signedDirectory, directoryKey: sandbox.directoryKey },
  });
  try {
    return await work(operator);
  } finally {
    await operator.close();
  }
}

const person = { id: 'judge-1', name: 'N.N.', roles: ['judge'] };

describe('a section that was erased', () => {
  it('is withheld in every view and file, and nothing else of the case is in doubt', async () => {
    const id = await judged();
    const before = await filed(id);
    const view = await judge.read(id);
    const act = view.acts.find(({ type }) => type === 'draft');
    expect(act?.sections['necessity']).toBeDefined();
    const ask = {
      case: id,
      act: act?.digest ?? '',
      sections: ['necessity'],
      reason: 'court-order',
      authority: 'eu-overseer',
      person,
    } as const;
    const erased = await asOperatorOf('pt-court', async (operator) => {
      const done = await operator.eraseSections(ask);
      if (done.ok) await operator.placeOf(done.value.entries[0] ?? '', 5000);
      return done;
    });
    expect(erased.ok).toBe(true);
    const seen = (await judge.read(id)).acts.find(({ digest }) => digest === act?.digest);
    expect(seen?.sections['necessity']).toBeUndefined();
    expect(seen?.withheld).toContain('necessity');
    expect(seen?.sections['offence']).toBeDefined();
    const after = await filed(id);
    expect(JSON.stringify(after.file)).not.toContain('"summary"');
    const fresh = after.codes.filter((code) => !before.codes.includes(code));
    expect(fresh.filter((code) => code !== 'section-withheld')).toEqual([]);
    expect(after.report.findings.filter(({ kind }) => kind === 'tampered')).toEqual([]);
    expect(logOfCourt(after).entries.some(({ entry }) => entry.t === 'erased' && entry.basis?.[0] === 'eu-overseer')).toBe(true);
    // The other party holds its own copy, and work goes on.
    await prosecutor.act(id, { type: 'send' });
  });
});

describe('an entry that is blank', () => {
  it('is redacted where overseers have ordered it, and tampering where nobody has', async () => {
    const id = await judged();
    const before = await filed(id);
    const { extract, entries } = logOfCourt(before);
    const target = entries.find(({ entry }) => entry.t === 'act.validate');
    if (target === undefined) throw new Error('the court has not judged');
    const overseer = sandbox.node('eu-overseer').house;
    const redaction = {
      ...{ origin: String(extract['origin']), index: target.index, leaf: toHex(leafHash(target.bytes, sha256)) },
      reason: 'personal-data',
    } as const;
    const { party, now, signers } = overseer;
    const order = await signOrder({ party, now: now() }, redaction, signers.party(now()).sign);
    if (!order.ok) throw new Error(order.refusal.code);
    const done = await asOperatorOf('pt-court', async (operator) => {
      const redacted = await operator.redact([order.value]);
      if (redacted.ok) await operator.placeOf(redacted.value.entry, 5000);
      return redacted;
    });
    expect(done.ok).toBe(true);
    const after = await filed(id);
    expect(after.report.findings.filter(({ kind }) => kind === 'tampered')).toEqual([]);
    expect(after.codes.filter((code) => !before.codes.includes(code))).toEqual(['entry-redacted']);
    expect(after.report.verdict).toBe(before.report.verdict);
    // The overseer's copy follows the order.
    await eventually(async () => (await copied(redaction.origin, target.index))?.act === null);
    // Somebody with the database, and without an order.
    const read = logOfCourt(after).entries.find(({ entry }) => entry.t === 'case.read');
    await blankInDatabase(read?.index ?? '');
    const tampered = await filed(id);
    expect(tampered.report.verdict).toBe('tampered');
    expect(tampered.codes).toContain('redaction-without-order');
  });
});

/** What the overseer's copy still says of an entry. */
async function copied(origin: string, index: string): Promise<{ readonly act: string | null } | undefined> {
  const entries = sandbox.node('eu-overseer').house.db.selectFrom('mirror_entries').select('act');
  return entries.where('origin', '=', origin).where('index', '=', index).executeTakeFirst();
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('it did not come about');
}

describe('the copy that an overseer keeps', () => {
  it('blanks nothing for a redaction that nobody ordered', async () => {
    const { house } = sandbox.node('pt-court');
    const [origin] = [house.logOrigin(new Date().getUTCFullYear())];
    const target = await house.db
      .selectFrom('log_index')
      .select('index')
      .where('type', '=', 'case.read')
      .orderBy('index')
      .executeTakeFirstOrThrow();
    const leaf = await leafIn(origin, target.index);
    const forged = testEntry({
      ...{
        t: 'redacted',
        at: house.now(),
        case: 'none',
        index: target.index,
        refs: [leaf],
        was: 'case.read',
        decision: 'secret',
      },
      orders: [{ key: 'eu-overseer#sign-1', signature: `${'A'.repeat(85)}A` }],
    });
    const place = await house.log.append([encodeEntry(forged)]);
    await house.witnesses.confirm(5000);
    await eventually(async () => (await copied(origin, String(place.index))) !== undefined);
    const kept = sandbox.node('eu-overseer').house.db.selectFrom('mirror_entries').select('type').where('origin', '=', origin);
    expect(await kept.where('index', '=', target.index).executeTakeFirst()).toEqual({ type: 'case.read' });
  });
});

/** The leaf of an entry, as the overseer's copy has it. */
async function leafIn(origin: string, index: string): Promise<string> {
  await eventually(async () => (await copied(origin, index)) !== undefined);
  const found = sandbox.node('eu-overseer').house.db.selectFrom('mirror_entries').select('leaf').where('origin', '=', origin);
  return (await found.where('index', '=', index).executeTakeFirstOrThrow()).leaf;
}

/** Blanks an entry behind the back of everybody. */
async function blankInDatabase(index: string): Promise<void> {
  const client = new pg.Client({ connectionString: sandbox.databaseUrl('pt-court') });
  await client.connect();
  const done = await client.query("update log_tail set bytes = '' where index = $1", [index]);
  await client.end();
  expect(done.rowCount).toBe(1);
}

describe('a secret case', () => {
  it('shows its parties everything and the public nothing, and its file can be verified', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const id = await judged({ secretUntil: until });
    const secret = await filed(id);
    const { extract, entries } = logOfCourt(secret);
    expect(new Set(entries.map(({ entry }) => entry.t))).toEqual(new Set(['blinded']));
    expect(extract['disclosed']).toHaveLength(entries.length);
    expect(secret.report.findings.filter(({ kind }) => kind === 'tampered')).toEqual([]);
    const url = sandbox.orgs.find((org) => org.id === 'pt-court')?.url;
    const year = new Date().getUTCFullYear();
    expect(await (await fetch(`${url}/public/log/${year}/disclosures`)).json()).toEqual([]);
  });
});

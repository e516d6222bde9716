import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noteCopies } from '@comity/node';
import type { CustodyView, OversightView, UnsealingView } from '@comity/node/api';
import { sha256, signatureChecks } from '@comity/node/keys';
import { recoverIdentity, unseal } from '@comity/seal';
import { verifyDestruction } from '@comity/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSPHRASE } from './directory.ts';
import { Actor } from './stories/actor.ts';
import { answer, askAndApprove, type People, signInAll, validate } from './stories/cooperation.ts';
import type { Loose } from './stories/tampering.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let people: People;
let id: string;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  people = await signInAll(sandbox);
  const quiet = teller({}, true);
  id = await askAndApprove(people, quiet);
  await answer(people, id, quiet);
  await people.prosecutor.reaches(id, (view) => view.copies.filter(({ kind }) => kind === 'receiver').length === 2);
});

afterAll(() => sandbox.stop());

const ISSUING = 'pt-prosecution';
const destroy = (item: string) => ({
  type: 'destroy',
  data: { decisions: [{ item, choice: 'destroy' }] },
  sections: { reason: { text: 'no longer needed' } },
});
const copyOf = async (actor: Actor, item: string, kind = 'receiver') =>
  (await actor.read(id)).copies.find((copy) => copy.item === item && copy.kind === kind);

describe('the copies of a case', () => {
  it('are known to both sides, for each item, with their end', async () => {
    for (const actor of [people.prosecutor, people.reviewer]) {
      const { copies } = await actor.reaches(id, (view) => view.copies.length === 4);
      expect(copies.map(({ kind, item, party, status }) => [kind, item, party, status]).sort()).toEqual([
        ['receiver', 'i2', ISSUING, 'held'],
        ['receiver', 'i4', ISSUING, 'held'],
        ['source', 'i2', 'ie-skymail', 'held'],
        ['source', 'i4', 'ie-skymail', 'held'],
      ]);
      expect(copies.every(({ until }) => until === '2027-06-30T00:00:00.000Z')).toBe(true);
    }
    const { copies, destroyed } = await people.prosecutor.get<CustodyView>('/api/custody');
    expect([copies.filter(({ ours }) => ours).map(({ item }) => item), destroyed]).toEqual([['i2', 'i4'], 0]);
  });

  it('that stay past their end are noted in the holder’s log, shown to the overseer, and settled there once they are not due', async () => {
    const { house } = sandbox.node(ISSUING);
    const at = (now: string) => noteCopies({ ...house, now: () => now }, id);
    await at('2027-07-20T00:00:00.000Z');
    // Said once.
    await at('2027-07-21T00:00:00.000Z');
    const overseer = await Actor.signIn(sandbox, 'eu-overseer', 'overseer-1');
    const overdue = (count: number) =>
      until(
        async () => (await overseer.get<OversightView>('/api/oversight')).overdue,
        (rows) => rows.length === count,
      );
    const rows = await overdue(2);
    expect(rows.map(({ party, case: about, kind }) => [party, about, kind])).toEqual([
      [ISSUING, id, 'receiver'],
      [ISSUING, id, 'receiver'],
    ]);
    // The same copies by today's clock: nothing is due.
    await noteCopies(house, id);
    await overdue(0);
  });
});

describe('a recalled item', () => {
  let certificate: unknown;
  const trust = { v: 1, env: 'sandbox' } as const;
  const functions = { sha256, checks: signatureChecks };
  const verified = (file: unknown) =>
    verifyDestruction(file, { ...trust, directoryKey: sandbox.node(ISSUING).house.directoryKey }, functions);

  it('is due at once, and after its destruction nothing opens it: not the node, not a backup of the vault with the office’s passphrase', async () => {
    const { house } = sandbox.node(ISSUING);
    const backup = join(sandbox.dir, 'backup');
    const folder = vaultIn(join(sandbox.dir, 'orgs', ISSUING));
    cpSync(folder, backup, { recursive: true });
    await people.reviewer.act(id, {
      type: 'recall',
      data: { decisions: [{ item: 'i4', choice: 'recall', ground: 'recall.delivered-in-error' }] },
      sections: { reason: { text: 'another person’s account' } },
    });
    await people.prosecutor.reaches(id, (view) =>
      view.copies.some(({ item, recalled }) => item === 'i4' && recalled !== undefined),
    );
    const copy = await copyOf(people.prosecutor, 'i4');
    expect(copy?.status).toBe('destruction-due');
    const ciphertext = copy?.ciphertext ?? '';
    const path = `/api/cases/${id}/items/i4`;
    const given = await people.prosecutor.post<UnsealingView>(`${path}/unsealing`, { purpose: 'work' });
    const sealed = await people.prosecutor.bytes(`${path}/sealed`);
    const identity = await recoverIdentity(given.identity, PASSPHRASE);
    if (!identity.ok) throw new Error('no identity');
    expect((await unseal(once(sealed), identity.value)).ok).toBe(true);

    await people.prosecutor.act(id, destroy('i4'));
    expect((await copyOf(people.prosecutor, 'i4'))?.status).toBe('destroyed');
    expect(await people.prosecutor.tries(id, destroy('i4'))).toBe('item-not-open');
    // The vault of last week is put back: payloads are there again, and none of them opens.
    cpSync(backup, folder, { recursive: true });
    expect(await house.vault.has(ciphertext)).toBe(false);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      expect((await unseal(once(bytes), identity.value)).ok).toBe(false);
    }
    // And its header is nowhere in what this organisation keeps.
    const header = Buffer.from(sealed.subarray(60, 300));
    const files = filesUnder(join(sandbox.dir, 'orgs', ISSUING));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => readFileSync(file).includes(header))).toEqual([]);
  });

  it('has a certificate that says it is not validated yet, and then by whom', async () => {
    const act = (await copyOf(people.prosecutor, 'i4'))?.destroyed;
    const data = `/api/cases/${id}/certificates/${act}/data`;
    const before = verified(await people.prosecutor.get(data));
    expect([before.verdict, before.findings.map(({ code }) => code).filter((code) => code !== 'witness-not-asked')]).toEqual([
      'cannot-tell',
      ['destruction-unvalidated'],
    ]);
    await validate(people.reviewer, { case: id, item: 'i4' });
    await people.prosecutor.reaches(id, (view) =>
      view.items.some(({ item, tracks }) => item.id === 'i4' && tracks['certificate'] === 'validated'),
    );
    certificate = await people.prosecutor.get(data);
    const report = verified(certificate);
    expect(report.verdict).toBe('by-the-book');
    expect(report.copies).toMatchObject([
      { item: 'i4', method: 'key-erased', destroyed: { party: ISSUING, role: 'prosecutor' }, validated: { party: 'ie-skymail' } },
    ]);
    // No section is opened in it.
    expect(JSON.stringify(certificate)).not.toContain('no longer needed');
    const pdf = await people.prosecutor.bytes(`/api/cases/${id}/certificates/${act}?lang=ar`);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('has a certificate in which nothing can be changed', () => {
    const changed = (change: (file: Loose) => unknown) => {
      const copy = JSON.parse(JSON.stringify(certificate));
      change(copy);
      const report = verified(copy);
      return [report.verdict, report.findings.map(({ code }) => code).filter((code) => code !== 'witness-not-asked')];
    };
    const digest = (file: Loose): string => Object.keys(file['proofs'])[0] ?? '';
    expect(changed((file) => (file['acts'][0].body.data.decisions[0].method = 'medium-destroyed'))[0]).toBe('tampered');
    expect(changed((file) => (file['acts'][1].body.by.party = 'pt-court'))[0]).toBe('tampered');
    expect(changed((file) => (file['directory'].directory.until = '2030-01-01T00:00:00.000Z'))).toEqual([
      'tampered',
      ['directory-forged'],
    ]);
    expect(changed((file) => file['acts'].pop())).toEqual(['cannot-tell', ['destruction-unvalidated']]);
    expect(changed((file) => file['acts'].shift())).toEqual(['cannot-tell', ['destruction-missing']]);
    expect(changed((file) => (file['proofs'] = {}))).toEqual(['cannot-tell', ['act-unproven', 'act-unproven']]);
    expect(
      changed((file) => {
        const [one = '', two = ''] = Object.keys(file['proofs']);
        [file['proofs'][one], file['proofs'][two]] = [file['proofs'][two], file['proofs'][one]];
      }),
    ).toEqual(['cannot-tell', ['act-unproven', 'act-unproven']]);
    expect(changed((file) => (file['proofs'][digest(file)] = file['proofs'][digest(file)].replace(/\n$/, '')))[0]).not.toBe(
      'by-the-book',
    );
    expect(changed((file) => (file['extra'] = 1))).toEqual(['tampered', ['form']]);
    expect(verified(null).verdict).not.toBe('by-the-book');
  });
});

describe('a legal hold', () => {
  it('stops destruction on both sides, and destruction goes on when it is lifted', async () => {
    await people.judge.act(id, {
      type: 'hold',
      data: { decisions: [{ item: 'i2', choice: 'hold', ground: 'hold.remedy' }] },
      sections: { reason: { text: 'the person has gone to court' } },
    });
    const held = (status: string) => async (actor: Actor) =>
      actor.reaches(id, (view) => view.copies.some((copy) => copy.item === 'i2' && copy.status === status));
    for (const actor of [people.prosecutor, people.reviewer]) await held('legal-hold')(actor);
    expect(await people.prosecutor.tries(id, destroy('i2'))).toBe('item-not-open');
    const source = { type: 'destroy-source', data: { decisions: [{ item: 'i2', choice: 'destroy' }] } };
    expect(await people.reviewer.tries(id, source)).toBe('item-not-open');
    await people.judge.act(id, { type: 'lift-hold', data: { decisions: [{ item: 'i2', choice: 'lift' }] } });
    for (const actor of [people.prosecutor, people.reviewer]) await held('held')(actor);
    await people.prosecutor.act(id, destroy('i2'));
    await people.reviewer.act(id, source);
    const { house } = sandbox.node('ie-skymail');
    const rows = await house.db.selectFrom('previews').select('item').where('case_id', '=', id).execute();
    // The plan by which it could be cut out of the source again is forgotten; that of the other item is still there.
    expect(rows.map(({ item }) => item)).not.toContain('i2');
  });
});

async function until<T>(look: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const value = await look();
    if (wanted(value)) return value;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('what was waited for did not come');
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The folder of payloads of an organisation. */
function vaultIn(dir: string): string {
  const found = readdirSync(dir, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('vault'));
  if (found === undefined) throw new Error('there is no vault');
  return join(dir, found);
}

function filesUnder(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

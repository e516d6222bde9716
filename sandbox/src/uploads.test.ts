import { createHash, randomBytes } from 'node:crypto';
import { keyAt } from '@comity/core';
import { sweepUploads, wholeUpload } from '@comity/node';
import type { UnsealingView, UploadView } from '@comity/node/api';
import { sha256, signatureChecks } from '@comity/node/keys';
import { generateOfficeIdentity, seal } from '@comity/seal';
import { verifyCase } from '@comity/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { askAndApprove, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

const PROVIDER = 'ie-skymail';
let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let reviewer: Actor;
let id: string;
let file: Buffer;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  const people = await signInAll(sandbox);
  id = await askAndApprove(people, teller({}, true));
  await people.officer.until(id, 'clear');
  await people.analyst.until(id, 'minimise');
  const preview = await people.analyst.post<{ previewDigest: string }>(`/api/cases/${id}/items/i2/preview`);
  const decisions = [{ item: 'i2', choice: 'minimise', preview: preview.previewDigest }];
  await people.analyst.act(id, { type: 'minimise', data: { decisions } });
  await people.officer.act(id, { type: 'clear' });
  ({ reviewer } = people);
  await reviewer.until(id, 'deliver');
  // Larger than what a request may hold elsewhere.
  file = await sealed(randomBytes(9 << 20), recipientOf('pt-prosecution'));
});

afterAll(() => sandbox.stop());

function recipientOf(org: string): string {
  const { party, now } = sandbox.node(org).house;
  return keyAt(party, 'office', now())?.public ?? '';
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function sealed(plain: Uint8Array, ...to: readonly string[]): Promise<Buffer> {
  const sealing = await seal(once(plain), to);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  const pieces: Uint8Array[] = [];
  for await (const piece of sealing.value.ciphertext) pieces.push(piece);
  return Buffer.concat(pieces);
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const begin = (of: Uint8Array, about: object = {}, who: Actor = reviewer): Promise<UploadView> =>
  who.post<UploadView>(`/api/cases/${id}/uploads`, { item: 'i2', size: of.length, sha256: digest(of), ...about });

async function send(upload: string, from: number, bytes: Uint8Array): Promise<UploadView> {
  const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) };
  const answer = await reviewer.call(`/api/uploads/${upload}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) });
  return (await answer.json()) as UploadView; // parser of a client
}

const look = (upload: string): Promise<UploadView> => reviewer.get<UploadView>(`/api/uploads/${upload}`);

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RefusedByNode)
      return `${error.problem.status} ${error.problem.code} ${error.problem.values?.['offset'] ?? ''}`.trim();
    throw error;
  }
  return 'done';
}

describe('handing in a sealed file', () => {
  it('goes on where it stopped, over a restart of the node, and is kept once the whole is what was announced', async () => {
    const { id: upload, offset, state } = await begin(file);
    expect([offset, state]).toEqual([0, 'open']);
    const half = 5 << 20;
    expect(await send(upload, 0, file.subarray(0, half))).toMatchObject({ offset: half, state: 'open' });
    await sandbox.halt(PROVIDER);
    await sandbox.resume(PROVIDER);
    expect(await look(upload)).toMatchObject({ offset: half });
    for (const wrong of [0, half - 1, half + 1])
      expect(await refusal(send(upload, wrong, file.subarray(wrong)))).toBe(`409 upload-offset ${half}`);
    expect(await send(upload, half, file.subarray(half))).toMatchObject({ offset: file.length, state: 'whole' });
    const { vault } = sandbox.node(PROVIDER).house;
    expect(await vault.has(digest(file))).toBe(true);
    const { house } = sandbox.node(PROVIDER);
    const whole = { sha256: digest(file), size: file.length, person: 'reviewer-1' };
    expect(await wholeUpload(house, { id: upload, case: id, item: 'i2' })).toEqual({ ok: true, value: whole });
    expect(await wholeUpload(house, { id: upload, case: id, item: 'i1' })).toMatchObject({ refusal: { code: 'upload-unknown' } });
    expect(await refusal(send(upload, file.length, new Uint8Array([1])))).toBe(`409 upload-offset ${file.length}`);
  });

  it('keeps what came before the line broke', async () => {
    const { id: upload } = await begin(file);
    const control = new AbortController();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield file.subarray(0, 100_000);
      for (let i = 0; i < 100 && (await look(upload)).offset === 0; i++) await new Promise((done) => setTimeout(done, 20));
      control.abort();
      yield file.subarray(100_000, 100_001);
    }
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
    const init = {
      method: 'PATCH',
      headers,
      body: ReadableStream.from(broken()),
      duplex: 'half',
      signal: control.signal,
    } as RequestInit;
    await expect(reviewer.call(`/api/uploads/${upload}`, init)).rejects.toThrow();
    const { offset } = await look(upload);
    expect(offset).toBeGreaterThan(0);
    for (let tries = 0; (await refusal(send(upload, offset, file.subarray(offset)))) !== 'done'; tries++) {
      // The node may not have noticed yet that the line is dead.
      if (tries > 50) throw new Error('it does not go on');
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(await look(upload)).toMatchObject({ state: 'whole' });
  });

  it('keeps no byte of a file that is not sealed, or sealed to others, or another than was announced', async () => {
    const stranger = await generateOfficeIdentity();
    const classical = await generateOfficeIdentity('x25519');
    const plain = randomBytes(1000);
    const lisbon = recipientOf('pt-prosecution');
    const altered = Buffer.from(file);
    altered[file.length - 1] = (altered[file.length - 1] ?? 0) ^ 1;
    for (const [bytes, announced, code] of [
      [Buffer.from('CANARY-PLAINTEXT '.repeat(100)), undefined, 'upload-not-sealed'],
      [Buffer.from('age-encryption.org/v2\n'), undefined, 'upload-not-sealed'],
      [Buffer.from('age'), undefined, 'upload-not-sealed'],
      [await sealed(plain, lisbon, stranger.recipient), undefined, 'upload-not-sealed'],
      [await sealed(plain, classical.recipient), undefined, 'upload-not-sealed'],
      [altered, file, 'payload-altered'],
    ] as const) {
      const { id: upload } = await begin(announced ?? bytes);
      expect(await refusal(send(upload, 0, bytes))).toBe(`422 ${code}`);
      expect(await refusal(look(upload))).toBe('404 upload-unknown');
      expect(await sandbox.node(PROVIDER).house.partials.sizeOf(`upload-${upload}`)).toBe(0);
    }
  });

  it('takes no more bytes than were announced, and begins only for an item that this person may deliver', async () => {
    const small = await sealed(randomBytes(100), recipientOf('pt-prosecution'));
    const { id: upload } = await begin(small);
    expect(await refusal(send(upload, 0, Buffer.concat([small, Buffer.from('x')])))).toBe('413 body-too-large');
    expect(await send(upload, 0, small)).toMatchObject({ state: 'whole' });
    const analyst = await Actor.signIn(sandbox, PROVIDER, 'analyst-1');
    expect(await refusal(begin(small, {}, analyst))).toBe('403 role-not-allowed');
    expect(await refusal(begin(small, { item: 'i1' }))).toBe('409 item-not-open');
    // A delivery that is refused after it was sealed leaves nothing in the vault.
    const { vault } = sandbox.node(PROVIDER).house;
    const before = await vault.list();
    const refused = { type: 'deliver', data: { decisions: [{ item: 'i2', choice: 'deliver' }] }, sections: { nope: {} } };
    expect(await reviewer.tries(id, refused)).toBe('field-unknown');
    expect(await vault.list()).toEqual(before);
    expect(await refusal(begin(small, { size: 0 }))).toBe('422 field-invalid');
    expect(await refusal(look('0197a000-0000-7000-8000-000000000000'))).toBe('404 upload-unknown');
  });

  it('gives up what rests for too long, and removes what came of it', async () => {
    const small = await sealed(randomBytes(200), recipientOf('pt-prosecution'));
    const [open, whole] = [await begin(file), await begin(small)];
    await send(open.id, 0, file.subarray(0, 1000));
    await send(whole.id, 0, small);
    const { db, vault } = sandbox.node(PROVIDER).house;
    // Somebody hands in again what this office holds by another case: giving that up must not end the copy.
    const received = await sealed(randomBytes(300), recipientOf('pt-prosecution'));
    const again = await begin(received);
    await send(again.id, 0, received);
    const about = { ciphertext: digest(received), case_id: id, item: 'i2', size: String(received.length), manifest: '' };
    await db
      .insertInto('payloads')
      .values({ ...about, side: 'received', holder: 'x', state: 'held', noted: null })
      .execute();
    expect(await vault.has(digest(small))).toBe(true);
    const expires = '2026-01-01T00:00:00.000Z';
    await db.updateTable('uploads').set({ expires }).where('id', 'in', [open.id, whole.id, again.id]).execute();
    await sandbox.halt(PROVIDER);
    await sandbox.resume(PROVIDER);
    for (const { id: upload } of [open, whole, again]) expect(await refusal(look(upload))).toBe('404 upload-unknown');
    const { house } = sandbox.node(PROVIDER);
    for (let i = 0; i < 100 && (await house.vault.has(digest(small))); i++) await new Promise((done) => setTimeout(done, 20));
    expect([await house.vault.has(digest(small)), await house.partials.sizeOf(`upload-${open.id}`)]).toEqual([false, 0]);
    expect(await house.vault.has(digest(file))).toBe(true);
    expect(await house.vault.has(digest(received))).toBe(true);
    // A file that was destroyed and handed in again is given up like any other.
    const held = house.db.updateTable('payloads').where('ciphertext', '=', digest(received));
    await held.set({ state: 'destroyed' }).execute();
    const third = await begin(received);
    await send(third.id, 0, received);
    await house.db.updateTable('uploads').set({ expires }).where('id', '=', third.id).execute();
    await sweepUploads(house);
    expect(await house.vault.has(digest(received))).toBe(false);
    await house.db.deleteFrom('payloads').where('ciphertext', '=', digest(received)).execute();
  });

  it('is delivered as it is, and the receiver holds the content against what the sender signed', async () => {
    const [plain, salt] = [Buffer.from('a mailbox'), randomBytes(32)];
    const whole = await sealed(plain, recipientOf('pt-prosecution'));
    const { id: upload } = await begin(whole);
    const decision = {
      item: 'i2',
      choice: 'deliver',
      upload,
      plaintext: { digest: digest(Buffer.concat([salt, plain])), salt: salt.toString('base64url') },
    };
    const deliver = (change: object): Promise<string> =>
      reviewer.tries(id, { type: 'deliver', data: { decisions: [{ ...decision, ...change }] } });
    expect(await deliver({})).toBe('upload-unknown');
    await send(upload, 0, whole);
    expect(await deliver({ plaintext: undefined })).toBe('field-invalid');
    expect(await deliver({ plaintext: { ...decision.plaintext, salt: 'short' } })).toBe('field-invalid');
    expect(await deliver({})).toBe('allowed');
    expect(await deliver({})).toBe('item-not-open');
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    await prosecutor.until(id, 'open');
    const path = `/api/cases/${id}/items/i2`;
    const given = await prosecutor.post<UnsealingView>(`${path}/unsealing`, { purpose: 'work' });
    expect(Buffer.from(await prosecutor.bytes(`${path}/sealed`)).equals(whole)).toBe(true);
    expect(given).toMatchObject({
      plaintextSalt: decision.plaintext.salt,
      manifest: { plaintext: { digest: decision.plaintext.digest } },
    });
    const open = (plaintext: string) => ({
      type: 'open',
      data: { decisions: [{ item: 'i2', choice: 'open', plaintext }] },
      sections: { reason: { text: 'to read it' } },
    });
    expect(await prosecutor.tries(id, open('0'.repeat(64)))).toBe('payload-altered');
    expect(await prosecutor.tries(id, open(decision.plaintext.digest))).toBe('allowed');
  });

  it('may stand for a selection by hand: what was said of it is signed by its digest alone', async () => {
    const analyst = await Actor.signIn(sandbox, PROVIDER, 'analyst-1');
    const select = (body: object) => analyst.post<{ previewDigest: string }>(`/api/cases/${id}/items/i4/selection`, body);
    expect(await refusal(select({ says: 'x', total: 3, kept: 4 }))).toBe('422 field-invalid');
    const says = 'Messages of 3 April, without those to counsel';
    const { previewDigest: preview } = await select({ says, total: 412, kept: 17 });
    await analyst.act(id, { type: 'minimise', data: { decisions: [{ item: 'i4', choice: 'minimise', preview }] } });
    await reviewer.until(id, 'deliver');
    // Nothing can be cut out of the source for it: only a file that was handed in is delivered.
    expect(await reviewer.tries(id, { type: 'deliver', data: { decisions: [{ item: 'i4', choice: 'deliver' }] } })).toBe(
      'field-missing',
    );
    const [plain, salt] = [Buffer.from('17 messages'), randomBytes(32)];
    const whole = await sealed(plain, recipientOf('pt-prosecution'));
    const { id: upload } = await begin(whole, { item: 'i4' });
    await send(upload, 0, whole);
    const plaintext = { digest: digest(Buffer.concat([salt, plain])), salt: salt.toString('base64url') };
    const act = await reviewer.act(id, {
      type: 'deliver',
      data: { decisions: [{ item: 'i4', choice: 'deliver', upload, plaintext }] },
    });
    const told = JSON.stringify((await reviewer.read(id)).acts.find((one) => one.digest === act));
    expect(told).toContain('"rowsKept":17');
    expect(told).not.toContain('counsel');
    // Both receipts have come: a file made before would miss an act that others know of.
    await reviewer.reaches(id, ({ acts }) => acts.filter(({ type }) => type === 'receive-delivery').length === 2);
    const { findings } = verifyCase(
      await reviewer.get(`/api/cases/${id}/proof`),
      { v: 1, env: 'sandbox', directoryKey: sandbox.node(PROVIDER).house.directoryKey },
      { sha256, checks: signatureChecks },
    );
    expect(findings.filter(({ kind }) => kind !== 'remark')).toEqual([]);
  });
});

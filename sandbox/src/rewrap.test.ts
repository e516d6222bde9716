import { createHash } from 'node:crypto';
import { keyWithId } from '@comity/node';
import type { PreviewView, UnsealingView } from '@comity/node/api';
import { openHeader, recoverIdentity } from '@comity/seal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandboxKeystore, PASSPHRASE } from './directory.ts';
import { publish, rewrapOf, rotateOf } from './keeper.ts';
import { askAndApprove, type People, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { openDelivery } from './stories/unseal.ts';
import { ORDER, testSandbox } from './testing.ts';

const LISBON = 'pt-prosecution';
let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let people: People;
let id: string;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  people = await signInAll(sandbox);
  id = await askAndApprove(people, teller({}, true));
  const { officer, analyst, reviewer, prosecutor } = people;
  await officer.until(id, 'clear');
  await analyst.until(id, 'minimise');
  const preview = await analyst.post<PreviewView>(`/api/cases/${id}/items/i2/preview`);
  await analyst.act(id, {
    type: 'minimise',
    data: { decisions: [{ item: 'i2', choice: 'minimise', preview: preview.previewDigest }] },
  });
  await officer.act(id, { type: 'clear' });
  await reviewer.until(id, 'deliver');
  await reviewer.act(id, { type: 'deliver', data: { decisions: [{ item: 'i2', choice: 'deliver' }] } });
  await prosecutor.until(id, 'open');
});

afterAll(() => sandbox.stop());

const means = (): Promise<UnsealingView> =>
  people.prosecutor.post<UnsealingView>(`/api/cases/${id}/items/i2/unsealing`, { purpose: 'work' });

async function identity(keyId: string): Promise<string> {
  const { keys } = await openSandboxKeystore(sandbox.dir, LISBON);
  const found = await recoverIdentity(keyWithId(keys.office, keyId)?.protected ?? '', PASSPHRASE);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

async function payloadOf(name: string): Promise<Buffer> {
  const { vault } = sandbox.node(LISBON).house;
  const pieces: Uint8Array[] = [];
  for await (const piece of (await vault.read(name, vault.header(name)?.length ?? 0)) ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('wrapping anew what is held', () => {
  it('lets the present office key alone open it; payload and name stay, and the log says what lies there', async () => {
    const before = await means();
    const { vault, db } = sandbox.node(LISBON).house;
    const payload = await payloadOf(before.ciphertext);
    expect(await rewrapOf(sandbox, LISBON)).toEqual({ rewrapped: 0, present: 1, closed: 0 });
    const { statement } = await rotateOf(sandbox, LISBON, { use: 'office', overlap: 0 });
    await publish(sandbox, [statement]);
    expect(await rewrapOf(sandbox, LISBON)).toEqual({ rewrapped: 1, present: 0, closed: 0 });
    const header = vault.header(before.ciphertext) ?? new Uint8Array();
    expect((await openHeader(header, await identity(`${LISBON}#office-1`))).ok).toBe(false);
    expect((await openHeader(header, await identity(`${LISBON}#office-2`))).ok).toBe(true);
    expect((await payloadOf(before.ciphertext)).equals(payload)).toBe(true);
    const after = await means();
    const whole = Buffer.concat([header, payload]);
    expect([after.ciphertext, after.sealed, after.size]).toEqual([
      before.ciphertext,
      createHash('sha256').update(whole).digest('hex'),
      whole.length,
    ]);
    expect(before.sealed).toBe(before.ciphertext);
    expect((await openDelivery(people.prosecutor, { case: id, item: 'i2' })).rows).toBeGreaterThan(0);
    const entries = await db
      .selectFrom('log_index')
      .select('type')
      .where('case_id', '=', id)
      .where('type', '=', 'rewrapped')
      .execute();
    expect(entries).toHaveLength(1);
  });

  it('goes on after a crash between header and database, and does nothing a second time', async () => {
    const { ciphertext, sealed } = await means();
    const { db } = sandbox.node(LISBON).house;
    await db
      .updateTable('payloads')
      .set({ stored: null, stored_size: null, office_key: null })
      .where('ciphertext', '=', ciphertext)
      .execute();
    expect(await rewrapOf(sandbox, LISBON)).toEqual({ rewrapped: 1, present: 0, closed: 0 });
    expect((await means()).sealed).toBe(sealed);
    expect(await rewrapOf(sandbox, LISBON)).toEqual({ rewrapped: 0, present: 1, closed: 0 });
  });
});

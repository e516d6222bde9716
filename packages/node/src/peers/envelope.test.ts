import type { Directory } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { newKey } from '../keys/generations.ts';
import type { Keystore } from '../keys/keystore.ts';
import { signersOf } from '../keys/signers.ts';
import { FROM, followedBy, testKeystore, testParty, UNTIL } from '../keys/testing/party.ts';
import { type Correspondent, openEnvelope, openSigned, sealEnvelope, signContent } from './envelope.ts';

const CHANGE = '2026-06-01T00:00:00.000Z';
const END = '2026-06-08T00:00:00.000Z';
const DURING = '2026-06-04T00:00:00.000Z';
const AFTER = '2026-07-01T00:00:00.000Z';

const early = { pt: testKeystore('pt'), ie: testKeystore('ie') };
/** Portugal with the next key of each use, the earlier ones holding beside them for a week. */
const rotated: Keystore = {
  ...early.pt,
  keys: {
    ...early.pt.keys,
    sign: followedBy(early.pt.keys.sign, { id: 'pt#sign-2', from: CHANGE, key: newKey('Ed25519') }, END),
    messages: followedBy(early.pt.keys.messages, { id: 'pt#messages-2', from: CHANGE, key: newKey('X25519') }, END),
  },
};
const before = directoryOf(early.pt, early.ie);
const after = directoryOf(rotated, early.ie);

function directoryOf(...stores: readonly Keystore[]): Directory {
  return { v: 1, env: 'sandbox', issued: FROM, until: UNTIL, parties: stores.map((store) => testParty(store)) };
}

function as(store: Keystore, directory: Directory, now: string): Correspondent {
  const party = directory.parties.find(({ id }) => id === store.party);
  if (party === undefined) throw new Error('no such party');
  const signer = signersOf({ keystore: store, party }).party;
  return { env: 'sandbox', party, signer, messages: store.keys.messages, directory, now: () => now };
}

const codeOf = (opened: Awaited<ReturnType<typeof openSigned>>): string => (opened.ok ? 'opened' : opened.refusal.code);

describe('a message', () => {
  const send = (from: Correspondent, to: Correspondent): Promise<string> => sealEnvelope(from, to.party, { kind: 'hello' });

  it('is signed with the newest key that holds, and says which', async () => {
    for (const [now, kid] of [
      ['2026-05-31T00:00:00.000Z', 'pt#sign-1'],
      [CHANGE, 'pt#sign-2'],
      [AFTER, 'pt#sign-2'],
    ] as const) {
      const [head = ''] = (await signContent(as(rotated, after, now), {})).split('.');
      expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({ kid });
    }
  });

  it('signed with the key before is taken while it holds beside the next one, and refused afterwards', async () => {
    const sent = await send(as(early.pt, before, DURING), as(early.ie, before, DURING));
    expect(codeOf(await openEnvelope(as(early.ie, after, DURING), sent, DURING))).toBe('opened');
    expect(codeOf(await openEnvelope(as(early.ie, after, END), sent, END))).toBe('sender-revoked');
  });

  it('signed with a key that the directory lists from later on is refused until then', async () => {
    const ahead = as(rotated, after, CHANGE);
    const sent = await send(ahead, as(early.ie, before, DURING));
    const early5 = '2026-05-31T23:59:59.999Z';
    expect(codeOf(await openEnvelope(as(early.ie, after, early5), sent, early5))).toBe('sender-revoked');
    expect(codeOf(await openEnvelope(as(early.ie, after, CHANGE), sent, CHANGE))).toBe('opened');
  });

  it('signed with a revoked key is refused from the moment of its revocation', async () => {
    const revoked: Directory = {
      ...before,
      parties: [testParty(early.pt, (key) => ({ ...key, until: DURING })), testParty(early.ie)],
    };
    const sent = await send(as(early.pt, before, DURING), as(early.ie, before, DURING));
    expect(codeOf(await openEnvelope(as(early.ie, before, DURING), sent, DURING))).toBe('opened');
    expect(codeOf(await openEnvelope(as(early.ie, revoked, DURING), sent, DURING))).toBe('sender-revoked');
  });

  it('sealed to an earlier message key is opened while that key holds, and never by a key that the message does not name', async () => {
    const sent = await send(as(early.ie, before, DURING), as(early.pt, before, DURING));
    expect(codeOf(await openEnvelope(as(rotated, after, DURING), sent, DURING))).toBe('opened');
    expect(codeOf(await openEnvelope(as(rotated, after, END), sent, END))).toBe('message-not-for-us');
    const [head = '', ...rest] = sent.split('.');
    const header = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), kid: 'pt#messages-2' };
    const renamed = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
    expect(codeOf(await openEnvelope(as(rotated, after, DURING), renamed, DURING))).toBe('message-not-for-us');
  });

  it('is believed from nobody once the directory has run out', async () => {
    const sent = await send(as(early.pt, before, DURING), as(early.ie, before, DURING));
    const stale: Directory = { ...before, until: DURING };
    expect(codeOf(await openEnvelope(as(early.ie, stale, DURING), sent, DURING))).toBe('directory-expired');
  });

  it('is not taken for a signature of another use: the key named must be one that signs', async () => {
    const signed = await signContent(as(early.pt, before, DURING), {});
    const [head = '', ...rest] = signed.split('.');
    const header = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), kid: 'pt#messages-1' };
    const renamed = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.');
    expect(codeOf(await openSigned(as(early.ie, before, DURING), renamed, DURING))).toBe('sender-revoked');
  });
});

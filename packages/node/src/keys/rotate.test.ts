import { type Directory, keyAt, type Party } from '@comity/core';
import { recoverIdentity } from '@comity/seal';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enterKey } from './enterKey.ts';
import { newKey, publicHalves, ROTATED_USES, type RotatedUse } from './generations.ts';
import type { Keystore } from './keystore.ts';
import { type KeyChanged, revokeKey, rotateKey } from './rotate.ts';
import { signWith } from './signers.ts';
import { type KeyStatement, signStatement } from './statement.ts';
import { FROM, testKeystore, testParty } from './testing/party.ts';

const DAY = 86_400_000;
const NOW = '2026-03-01T00:00:00.000Z';
const day = (count: number): string => new Date(Date.parse(NOW) + count * DAY).toISOString();
const office = { passphrase: 'correct horse', workFactor: 4 };
const UNTIL = '2028-01-01T00:00:00.000Z';

const [pt, ie] = [testKeystore('pt'), testKeystore('ie')];

function directoryOf(...parties: readonly Party[]): Directory {
  return { v: 1, env: 'sandbox', issued: FROM, until: UNTIL, parties };
}

const listed = directoryOf(testParty(pt), testParty(ie));

function partyIn(directory: Directory, id = 'pt'): Party {
  const party = directory.parties.find((one) => one.id === id);
  if (party === undefined) throw new Error('no such party');
  return party;
}

async function rotated(
  use: RotatedUse,
  about: Partial<{ keystore: Keystore; party: Party; now: string; from: string }> = {},
): Promise<KeyChanged> {
  const { keystore = pt, party = partyIn(listed), now = NOW } = about;
  const done = await rotateKey(
    { keystore, party, now },
    { use, reason: 'scheduled', from: about.from ?? now, overlap: 7 * DAY, office },
  );
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value;
}

function entered(directory: Directory, statement: unknown, now = NOW): Directory {
  const done = enterKey(directory, statement, { now, until: UNTIL });
  if (!done.ok) throw new Error(`${done.refusal.code} ${done.refusal.field}`);
  return done.value;
}

function refusalOf(directory: Directory, statement: unknown, now = NOW): string {
  const done = enterKey(directory, statement, { now, until: UNTIL });
  return done.ok ? 'entered' : `${done.refusal.code} ${done.refusal.field}`;
}

const keyOf = (directory: Directory, use: RotatedUse, at: string): string | undefined => keyAt(partyIn(directory), use, at)?.id;

describe('rotating a key', () => {
  it.each(ROTATED_USES)(
    'of use %s makes one that follows, holds beside the old one for a while, and replaces it',
    async (use) => {
      const { keystore, statement } = await rotated(use, { from: day(1) });
      const next = entered(listed, statement);
      expect([0, 1, 7, 8].map((n) => keyOf(next, use, day(n)))).toEqual([
        `pt#${use}-1`,
        `pt#${use}-2`,
        `pt#${use}-2`,
        `pt#${use}-2`,
      ]);
      const [first, second] = partyIn(next).keys.filter((key) => key.use === use);
      expect([first?.until, second?.from, second?.until]).toEqual([day(8), day(1), undefined]);
      expect(publicHalves(keystore.keys, use).map(({ key }) => key)).toEqual([first?.public, second?.public]);
      expect([next.issued, next.parties[1]]).toEqual([NOW, partyIn(listed, 'ie')]);
    },
  );

  it('of an office needs its passphrase, and the new identity opens with it alone', async () => {
    const bare = await rotateKey(
      { keystore: pt, party: partyIn(listed), now: NOW },
      { use: 'office', reason: 'suite', from: NOW, overlap: 0 },
    );
    expect(bare).toMatchObject({ ok: false, refusal: { code: 'field-missing', field: 'COMITY_PASSPHRASE' } });
    const { keystore } = await rotated('office');
    const made = keystore.keys.office[1]?.key.protected ?? '';
    expect([(await recoverIdentity(made, 'wrong')).ok, (await recoverIdentity(made, office.passphrase)).ok]).toEqual([
      false,
      true,
    ]);
  });

  it('states the same key again while it waits to be listed', async () => {
    const once = await rotated('sign');
    const again = await rotated('sign', { keystore: once.keystore, now: day(2) });
    expect(again.keystore.keys.sign.map(({ key }) => key)).toEqual(once.keystore.keys.sign.map(({ key }) => key));
    expect(again.statement.wish.new).toEqual({ ...once.statement.wish.new, from: day(2) });
    expect(keyOf(entered(listed, again.statement, day(2)), 'sign', day(2))).toBe('pt#sign-2');
  });

  it('adds the first key of a use that the directory does not list yet', async () => {
    const party = { ...partyIn(listed), keys: partyIn(listed).keys.filter((key) => key.use !== 'sign-pq') };
    const { statement } = await rotated('sign-pq', { party });
    expect([statement.wish.change, statement.wish.new?.id]).toEqual(['key.added', 'pt#sign-pq-1']);
    expect(keyOf(entered(directoryOf(party), statement), 'sign-pq', NOW)).toBe('pt#sign-pq-1');
    expect(refusalOf(listed, statement)).toBe('statement-invalid wish.change');
  });
});

describe('a key statement', () => {
  it('is signed by the signing keys in force and, of a key that signs, by the old and the new one: none may be missing or false', async () => {
    const signers: Readonly<Record<RotatedUse, readonly string[]>> = {
      sign: ['pt#sign-1', 'pt#sign-pq-1', 'pt#sign-2'],
      'sign-pq': ['pt#sign-1', 'pt#sign-pq-1', 'pt#sign-pq-2'],
      messages: ['pt#sign-1', 'pt#sign-pq-1'],
      office: ['pt#sign-1', 'pt#sign-pq-1'],
      evidence: ['pt#sign-1', 'pt#sign-pq-1'],
    };
    for (const use of ROTATED_USES) {
      const { statement } = await rotated(use);
      expect(statement.signatures.map(({ key }) => key)).toEqual(signers[use]);
      for (const { key, signature } of statement.signatures) {
        const without = { ...statement, signatures: statement.signatures.filter((one) => one.key !== key) };
        const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
        const forged = {
          ...statement,
          signatures: statement.signatures.map((one) => (one.key === key ? { key, signature: flipped } : one)),
        };
        expect([refusalOf(listed, without), refusalOf(listed, forged)]).toEqual(Array(2).fill(`statement-invalid ${key}`));
      }
    }
  });

  it('by a thief who has one of the two signing keys changes nothing', async () => {
    const { statement } = await rotated('office');
    const thief = { ...pt, keys: { ...pt.keys, 'sign-pq': testKeystore('pt').keys['sign-pq'] } };
    const stolen = await signStatement(partyIn(listed), statement.wish, ({ use, id }) => signWith({ keystore: thief }, use, id));
    expect(refusalOf(listed, stolen)).toBe('statement-invalid pt#sign-pq-1');
  });

  it('cannot be altered in any member, given more members, or used for another party or environment', async () => {
    const { statement } = await rotated('office');
    const { wish } = statement;
    const alterations: readonly Partial<Record<keyof typeof wish | 'more', unknown>>[] = [
      { party: 'ie' },
      { env: 'production' },
      { use: 'messages' },
      { reason: 'suite' },
      { at: FROM },
      { old: { ...wish.old, until: UNTIL } },
      { new: { ...wish.new, public: 'age1other' } },
      { new: { ...wish.new, from: FROM } },
      { change: 'key.revoked' },
      { more: 'x' },
    ];
    for (const altered of alterations)
      expect(refusalOf(listed, { ...statement, wish: { ...wish, ...altered } })).toContain('statement-invalid');
    for (const none of [
      null,
      7,
      [],
      {},
      { ...statement, v: 2 },
      { ...statement, format: 'x' },
      { ...statement, signatures: [] },
      { ...statement, wish: { ...wish, party: 'nobody' } },
    ])
      expect(refusalOf(listed, none)).toContain('statement-invalid');
  });

  it('handed in twice, or after its key has ended, changes nothing', async () => {
    const { statement, keystore } = await rotated('sign');
    const once = entered(listed, statement);
    expect(refusalOf(once, statement)).toBe('key-in-use pt#sign-2');
    const revoked = await revokeKey(
      { keystore, party: partyIn(once), now: NOW },
      { id: 'pt#sign-2', reason: 'compromised', since: NOW, replace: true },
    );
    if (!revoked.ok) throw new Error(revoked.refusal.code);
    const after = entered(once, revoked.value.statement);
    expect(refusalOf(after, statement)).toBe('statement-invalid pt#sign-3');
    expect(refusalOf(after, revoked.value.statement)).toContain('statement-invalid');
    expect(refusalOf(listed, { ...statement, wish: { ...statement.wish, at: day(3) } }, NOW)).toContain('statement-invalid');
  });

  it('does not bring a key into a second role', async () => {
    const shared = newKey('Ed25519');
    const thief = directoryOf(partyIn(listed), testParty({ ...ie, persons: {}, log: shared }));
    const { statement, keystore } = await rotated('sign');
    const wish = { ...statement.wish, new: { id: 'pt#sign-2', public: shared.x, from: NOW } };
    const own = { ...keystore, keys: { ...keystore.keys, sign: [...pt.keys.sign, { id: 'pt#sign-2', key: shared }] } };
    const forged = await signStatement(partyIn(listed), wish, ({ use, id }) => signWith({ keystore: own }, use, id));
    expect(refusalOf(listed, forged)).toBe('entered');
    expect(refusalOf(thief, forged)).toBe('key-in-use pt#sign-2, ie#log-1');
  });

  it('that reaches the keeper late begins then, and both keys hold beside each other as long as was asked', async () => {
    const { statement } = await rotated('messages', { from: day(1) });
    const next = entered(listed, statement, day(5));
    const [first, second] = partyIn(next).keys.filter((key) => key.use === 'messages');
    expect([first?.until, second?.from]).toEqual([day(12), day(5)]);
  });
});

describe('revoking a key', () => {
  const revoked = async (
    id: string,
    more: { readonly since?: string; readonly replace?: boolean } = {},
  ): Promise<KeyStatement> => {
    const { since = NOW, replace = true } = more;
    const done = await revokeKey(
      { keystore: pt, party: partyIn(listed), now: NOW },
      { id, reason: 'compromised', since, replace, office },
    );
    if (!done.ok) throw new Error(done.refusal.code);
    return done.value.statement;
  };

  it('ends it from the time that the party names, and another one begins at once', async () => {
    const next = entered(listed, await revoked('pt#sign-1', { since: '2026-02-20T00:00:00.000Z' }));
    const old = partyIn(next).keys.find(({ id }) => id === 'pt#sign-1');
    expect([old?.until, keyOf(next, 'sign', NOW)]).toEqual(['2026-02-20T00:00:00.000Z', 'pt#sign-2']);
  });

  it('without a successor leaves the party none', async () => {
    const next = entered(listed, await revoked('pt#messages-1', { replace: false }));
    expect(keyOf(next, 'messages', NOW)).toBeUndefined();
  });

  it('is refused for a key that is not there or has ended', async () => {
    const holder = { keystore: pt, party: partyIn(entered(listed, await revoked('pt#sign-1'))), now: NOW };
    const ask = { reason: 'compromised', since: NOW, replace: true } as const;
    expect(await revokeKey(holder, { id: 'pt#sign-1', ...ask })).toMatchObject({ refusal: { code: 'key-not-valid' } });
    for (const id of ['pt#sign-7', 'ie#sign-1', 'pt#log-1', ''])
      expect(await revokeKey(holder, { id, ...ask })).toMatchObject({ refusal: { code: 'not-found' } });
  });
});

describe('whatever happens to keys', () => {
  it('no key that ended comes back, each that is in force is at hand, and none is listed twice', async () => {
    const step = fc.record({
      use: fc.constantFrom<RotatedUse>('sign', 'sign-pq', 'messages'),
      revoke: fc.boolean(),
      days: fc.integer({ min: 0, max: 9 }),
      wait: fc.integer({ min: 0, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        let [directory, keystore, at] = [listed, pt, 0];
        for (const { use, revoke, days, wait } of steps) {
          at += wait;
          const holder = { keystore, party: partyIn(directory), now: day(at) };
          const present = keyOf(directory, use, day(at)) ?? '';
          const done = revoke
            ? await revokeKey(holder, { id: present, reason: 'compromised', since: day(at), replace: true })
            : await rotateKey(holder, { use, reason: 'scheduled', from: day(at + days), overlap: days * DAY });
          // A use whose successor begins later has another one waiting; revoking the present one then needs that one.
          if (!done.ok) continue;
          const next = enterKey(directory, done.value.statement, { now: day(at), until: UNTIL });
          if (!next.ok) continue;
          const before = partyIn(directory).keys;
          for (const key of before) {
            const now = partyIn(next.value).keys.find(({ id }) => id === key.id);
            expect(now).toMatchObject({ id: key.id, use: key.use, public: key.public, from: key.from });
            if (key.until !== undefined) expect((now?.until ?? UNTIL) <= key.until).toBe(true);
          }
          [directory, keystore] = [next.value, done.value.keystore];
          for (const one of ROTATED_USES) {
            const id = keyOf(directory, one, day(at));
            expect(keystore.keys[one].some((own) => own.id === id)).toBe(true);
          }
        }
      }),
      { numRuns: process.env['SLOW'] === '1' ? 300 : 25 },
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '@comity/node/keys';
import { formatVerifierKey, parseVerifierKey, verifierKey } from '@comity/prove';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor } from '../../sandbox/src/stories/actor.ts';
import { testSandbox } from '../../sandbox/src/testing.ts';
import { goAbsence } from './go.ts';
import { readBy } from './readBy.ts';

const absence = goAbsence('tlog');
const ORG = 'us-hospital';
const ASK = {
  procedure: 'outsourcing.engagement',
  type: 'ask',
  data: {
    seats: { client: ORG },
    items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
    purpose: 'cost-analysis',
    retentionUntil: '2027-03-31T00:00:00.000Z',
  },
  sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'To be read by others.' } },
};

describe.skipIf(absence !== undefined)(`the log of a running node${absence === undefined ? '' : `: ${absence}`}`, () => {
  let sandbox: Awaited<ReturnType<typeof testSandbox>>;
  let dir: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'comity-read-'));
    sandbox = await testSandbox();
  }, 60_000);

  afterAll(async () => {
    await sandbox.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is read at its public address by another implementation, with the keys of the directory, and still holds what it was before', async () => {
    const actor = await Actor.signIn(sandbox, ORG, 'owner-1');
    await actor.open(ASK);
    const [log] = await actor.get<readonly { readonly origin: string }[]>('/public/logs');
    const year = log?.origin.split('/').at(-1) ?? '';
    const older = join(dir, 'older');
    writeFileSync(older, await actor.bytes(`/public/log/${year}/checkpoint`));
    for (let i = 0; i < 5; i++) await actor.open(ASK);
    const url = sandbox.orgs.find(({ id }) => id === ORG)?.url ?? '';
    const reading = await readBy(`${url}/public/log/${year}`, keysOfYear(sandbox.node(ORG).house.party, year), { older });
    expect(reading).toMatchObject({ origin: log?.origin, recomputed: true, entries: 0 });
    // Both of the log's keys; and the entries themselves are not for everybody.
    expect(reading.signers).toHaveLength(2);
    expect(BigInt(reading.size)).toBeGreaterThan(BigInt(reading.extends ?? '0'));
    expect(BigInt(reading.extends ?? '0')).toBeGreaterThan(0n);
    expect(BigInt(reading.included)).toBe(BigInt(reading.size));
  });
});

/** The directory names the keys of a log without its year. */
function keysOfYear(
  party: { readonly keys: readonly { readonly use: string; readonly public: string }[] },
  year: string,
): string[] {
  return party.keys
    .filter(({ use }) => use === 'log')
    .map((card) => {
      const key = parseVerifierKey(card.public, sha256);
      if (!key.ok) throw new Error(key.detail);
      return formatVerifierKey(verifierKey({ ...key.value, name: `${key.value.name}/${year}` }, sha256));
    });
}

import type { LogState } from '@comity/node';
import { nodeTreeHasher } from '@comity/node/hasher';
import { emptyEdge, formatCheckpoint, growTree, NOTE_SIGNATURE, signCheckpoint } from '@comity/prove';
import { describe, expect, it } from 'vitest';
import { testSigner } from '../../../packages/prove/src/testing/signer.ts';
import { checkOn } from './checkOn.ts';
import { DRIVEN_BYTES, DRIVEN_YEAR, drivenEntry } from './log.ts';

const signer = testSigner(`faults.example/log/${DRIVEN_YEAR}`, NOTE_SIGNATURE, 'log');
const keys = [signer.key];

/** A log in memory whose head is of the first `signed` of its entries. */
async function stateOf(entries: readonly Uint8Array[], signed = entries.length): Promise<LogState> {
  const hashes = nodeTreeHasher.hashLeaves(entries.slice(0, signed));
  const { edge, root } = growTree(emptyEdge(), hashes, nodeTreeHasher);
  const text = formatCheckpoint({ origin: signer.key.name, size: edge.size, root });
  const checkpoint = await signCheckpoint({ text, time: 1n }, [signer]);
  return {
    heads: async () => [{ year: DRIVEN_YEAR, size: edge.size, root, checkpoint }],
    entries: async (_, from, limit) => entries.slice(Number(from), Number(from + limit)),
    tile: async () => undefined,
    hidden: async () => undefined,
    unmatched: async () => ({ lost: [], unlogged: [] }),
    close: async () => undefined,
  };
}

const entries = Array.from({ length: 300 }, (_, i) => drivenEntry('row', i));
const all = { index: 0n, row: 'row', first: 0, count: 300 };

describe('what is compared after a fault', () => {
  it('is in order when every acknowledged entry is there, and goes on from where it was', async () => {
    const half = await checkOn(await stateOf(entries.slice(0, 100)), { before: emptyEdge(), keys, acknowledged: [] });
    expect(half).toMatchObject({ faults: [], edge: { size: 100n } });
    const whole = await checkOn(await stateOf(entries), {
      before: half.edge,
      keys,
      acknowledged: [{ ...all, index: 100n, first: 100, count: 200 }],
    });
    expect(whole).toMatchObject({ faults: [], edge: { size: 300n } });
  });

  it.each([
    ['entries that are gone', entries.slice(0, 299), undefined, '1 acknowledged entries are lost, the first at 299'],
    [
      'an entry that is another one',
      entries.with(7, drivenEntry('other', 7)),
      undefined,
      'entry 7 is not the one that was acknowledged',
    ],
    ['a head of fewer entries', entries, 299, 'the head says 299 and there are 300 entries'],
  ] as const)('finds %s', async (_, there, signed, fault) => {
    const seen = await checkOn(await stateOf(there, signed), { before: emptyEdge(), keys, acknowledged: [all] });
    expect(seen.faults).toEqual([fault]);
  });

  it('finds a head that is of other entries than were seen before, and one that nobody signed', async () => {
    const { edge } = await checkOn(await stateOf(entries.slice(0, 100)), { before: emptyEdge(), keys, acknowledged: [] });
    const changed = await stateOf(entries.with(7, drivenEntry('other', 7)));
    expect((await checkOn(changed, { before: edge, keys, acknowledged: [] })).faults).toEqual([
      'the head of size 300 is not that of its entries',
    ]);
    const stranger = testSigner(signer.key.name, NOTE_SIGNATURE, 'stranger').key;
    const seen = await checkOn(await stateOf(entries), { before: edge, keys: [stranger], acknowledged: [] });
    expect(seen.faults).toEqual(['the head is not signed: checkpoint-signature']);
  });
});

it('a driven entry has its size whatever its row and number', () => {
  for (const number of [0, 7, 123_456]) expect(drivenEntry(`row ${number}`, number)).toHaveLength(DRIVEN_BYTES);
});

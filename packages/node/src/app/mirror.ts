import { type Party, toHex } from '@comity/core';
import { decodeEntry, growTree, type TileAddress, tilePath } from '@comity/prove';
import { nodeTreeHasher } from '../keys/treeHasher.ts';
import { entriesOfBundle } from '../store/logBatch.ts';
import { blankMirrored, findMirror, forgetMirror, growMirror, type Mirror, type MirroredEntry } from '../store/mirror.ts';
import { type WitnessedLog, witnessedLogs } from '../store/witnessed.ts';
import type { House } from './house.ts';
import { isOrdered } from './order.ts';
import { isLogOf } from './places.ts';

/** Who may keep full copies of logs: overseers. Entries hold no personal data, but who did what when is not for everybody. */
export function mayMirror(party: Pick<Party, 'kind'>): boolean {
  return party.kind === 'overseer';
}

/** Bundles that are fetched before they are kept: so many entries are held in memory. */
const AT_ONCE = 16n;

/** Brings the copies up to the heads that we have cosigned. A log that does not hand out its entries, or other ones than it signed, stays where it was. */
export async function mirrorLogs(house: House): Promise<void> {
  for (const log of await witnessedLogs(house.db)) {
    const keeper = house.directory.parties.find((party) => isLogOf(party, log.origin));
    if (keeper !== undefined) await mirrorLog(house, keeper, log);
  }
}

async function mirrorLog(house: House, keeper: Party, log: WitnessedLog): Promise<void> {
  const year = log.origin.slice(keeper.logOrigin.length + 1);
  let mirror = await findMirror(house.db, log.origin);
  while (mirror.edge.size < log.size) {
    const grown = await fetchMore(house, { keeper, year, log, mirror });
    if (grown === undefined) return;
    mirror = grown;
  }
}

interface More {
  readonly keeper: Party;
  readonly year: string;
  readonly log: WitnessedLog;
  readonly mirror: Mirror;
}

/** Fetches the next bundles; keeps them once the last of them gives the root that was cosigned. */
async function fetchMore(house: House, { keeper, year, log, mirror }: More): Promise<Mirror | undefined> {
  const from = mirror.edge.size;
  const until = log.size < ((from >> 8n) + AT_ONCE) << 8n ? log.size : ((from >> 8n) + AT_ONCE) << 8n;
  const entries: MirroredEntry[] = [];
  for (let bundle = from >> 8n; bundle << 8n < until; bundle++) {
    const width = until - (bundle << 8n) < 256n ? Number(until - (bundle << 8n)) : 256;
    const bytes = await house.peers.fetchBundle(keeper, { year, index: bundle, width });
    if (bytes === undefined) return undefined;
    const all = entriesOfBundle(bytes).slice(0, width);
    for (const [i, entry] of all.entries()) {
      const index = (bundle << 8n) + BigInt(i);
      if (index >= from) entries.push(await readEntry(house, { keeper, year, index, bytes: entry }));
    }
  }
  const leaves = Buffer.concat(entries.map(({ leaf }) => Buffer.from(leaf, 'hex')));
  const { edge, root } = growTree(mirror.edge, leaves, nodeTreeHasher);
  if (edge.size !== until) return undefined;
  // Only the last part leads to a root that was signed: when it is another one, what was kept of the parts before goes too.
  if (until === log.size && !Buffer.from(root).equals(log.root)) {
    await house.db.transaction().execute((tx) => forgetMirror(tx, log.origin));
    return undefined;
  }
  const grown = { origin: log.origin, edge, note: until === log.size ? log.note : mirror.note, at: house.now() };
  await house.db.transaction().execute(async (tx) => {
    await growMirror(tx, grown, entries);
    // Without an overseer's order a log could have its own past blanked in the copy that is kept against it.
    for (const { entry } of entries)
      if (entry?.t === 'redacted' && isOrdered(house, { keeper, origin: log.origin, entry }))
        await blankMirrored(tx, log.origin, { index: BigInt(entry.index ?? 0), leaf: entry.refs?.[0] ?? '' });
  });
  return grown;
}

async function readEntry(
  house: House,
  {
    keeper,
    year,
    index,
    bytes,
  }: { readonly keeper: Party; readonly year: string; readonly index: bigint; readonly bytes: Uint8Array },
): Promise<MirroredEntry> {
  if (bytes.length === 0) return { index, leaf: await leafOf(house, keeper, { year, index }), bytes };
  const leaf = toHex(nodeTreeHasher.hashLeaves([bytes]));
  const entry = decodeEntry(bytes);
  return { index, leaf, bytes, ...(entry.ok ? { entry: entry.value } : {}) };
}

/** The leaf hash of a blanked entry, from the public tile; it is checked with the tree. */
async function leafOf(
  house: House,
  keeper: Party,
  { year, index }: { readonly year: string; readonly index: bigint },
): Promise<string> {
  const at = Number(index & 255n);
  const address: TileAddress = { level: 0, index: index >> 8n, width: at + 1 };
  const tile = await house.peers.fetchTile(keeper, `${year}/${tilePath(address)}`);
  return toHex((tile ?? new Uint8Array(0)).subarray(at * 32, at * 32 + 32)).padEnd(64, '0');
}

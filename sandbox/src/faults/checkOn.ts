import { equalBytes } from '@comity/core';
import type { LogState } from '@comity/node';
import { sha256, signatureChecks } from '@comity/node/keys';
import { checkSignedCheckpoint, growTree, leafHash, type TreeEdge, type VerifierKey } from '@comity/prove';
import { drivenEntry } from './log.ts';
import type { Acknowledged } from './processes.ts';

/** A log as it was found at one time, to go on from at the next. */
export interface Seen {
  readonly edge: TreeEdge;
  /** What is wrong, in a sentence each. */
  readonly faults: readonly string[];
}

/** What a log must hold. */
export interface Expected {
  /** The log as it was last seen: it may only have grown. */
  readonly before: TreeEdge;
  /** All of the keys of the log. */
  readonly keys: readonly VerifierKey[];
  readonly acknowledged: readonly Acknowledged[];
}

const PAGE = 5120;

/**
 * Looks at what a log has gained since it was last seen: every acknowledged entry stands where its writer was told, the head is signed and
 * is the root of the entries that are there, and nothing that was seen before has gone or changed. What was not acknowledged may be there
 * or not, but never half of a batch. The cost is that of what is new.
 */
export async function checkOn(state: LogState, { before, keys, acknowledged }: Expected): Promise<Seen> {
  const faults: string[] = [];
  const wanted = expectedEntries(acknowledged);
  let edge = before;
  let root: Uint8Array | undefined;
  for (;;) {
    const entries = await state.entries(edge.size, PAGE);
    if (entries.length === 0 && root !== undefined) break;
    for (const [i, entry] of entries.entries()) {
      const index = edge.size + BigInt(i);
      const want = wanted.get(index);
      if (want !== undefined && !equalBytes(want, entry)) faults.push(`entry ${index} is not the one that was acknowledged`);
      wanted.delete(index);
    }
    const grown = growTree(
      edge,
      entries.map((entry) => leafHash(entry, sha256)),
      sha256,
    );
    edge = grown.edge;
    root = grown.root;
  }
  if (wanted.size > 0) faults.push(`${wanted.size} acknowledged entries are lost, the first at ${[...wanted.keys()][0]}`);
  return { edge, faults: [...faults, ...(await faultsOfHead(state, { edge, root }, keys))] };
}

function expectedEntries(acknowledged: readonly Acknowledged[]): Map<bigint, Uint8Array> {
  const wanted = new Map<bigint, Uint8Array>();
  for (const { index, row, first, count } of acknowledged) {
    for (let i = 0; i < count; i++) wanted.set(index + BigInt(i), drivenEntry(row, first + i));
  }
  return wanted;
}

async function faultsOfHead(
  state: LogState,
  { edge, root }: { readonly edge: TreeEdge; readonly root: Uint8Array },
  keys: readonly VerifierKey[],
): Promise<readonly string[]> {
  const head = await state.head();
  if (head === undefined) return edge.size === 0n ? [] : ['there are entries and no head'];
  const origin = keys[0]?.name ?? '';
  const signed = checkSignedCheckpoint(head.checkpoint, { logs: [{ origin, keys }], sha256, checks: signatureChecks });
  if (!signed.ok) return [`the head is not signed: ${signed.code}`];
  const { checkpoint } = signed.value;
  if (checkpoint.size !== edge.size) return [`the head says ${checkpoint.size} and there are ${edge.size} entries`];
  return equalBytes(checkpoint.root, root) ? [] : [`the head of size ${edge.size} is not that of its entries`];
}

import { equalBytes } from '@comity/core';
import type { LogState } from '@comity/node';
import { nodeTreeHasher } from '@comity/node/hasher';
import { sha256, signatureChecks } from '@comity/node/keys';
import { checkSignedCheckpoint, growTree, type TreeEdge, type VerifierKey } from '@comity/prove';
import { DRIVEN_YEAR, drivenEntry } from './log.ts';
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
  /** What was acknowledged since; of what was staged, nothing is staged any more. */
  readonly acknowledged: readonly Acknowledged[];
}

/** Entries that are read at once: a whole number of bundles. */
const PAGE = 5120n;
const WIDTH = 256n;

/**
 * Looks at what a log has gained since it was last seen: every acknowledged entry stands where its writer was told, and once; the head is signed
 * and is the root of the entries that are there; nothing that was seen before has gone or changed. The cost is that of what is new.
 */
export async function checkOn(state: LogState, { before, keys, acknowledged }: Expected): Promise<Seen> {
  const wanted = new Wanted(acknowledged);
  let grown = growTree(before, new Uint8Array(0), nodeTreeHasher);
  for (;;) {
    const { size } = grown.edge;
    const from = size - (size % WIDTH);
    const entries = (await state.entries(DRIVEN_YEAR, from, PAGE)).slice(Number(size - from));
    if (entries.length === 0) break;
    for (const [i, entry] of entries.entries()) wanted.meet(size + BigInt(i), entry);
    grown = growTree(grown.edge, nodeTreeHasher.hashLeaves(entries), nodeTreeHasher);
  }
  return { edge: grown.edge, faults: [...wanted.faults(), ...(await faultsOfHead(state, grown, keys))] };
}

/** Acknowledged entries that were not met yet. */
class Wanted {
  readonly #placed = new Map<bigint, Uint8Array>();
  readonly #anywhere = new Set<string>();
  readonly #met = new Set<string>();
  readonly #faults: string[] = [];

  constructor(acknowledged: readonly Acknowledged[]) {
    for (const { index, row, first, count } of acknowledged) {
      for (let i = 0; i < count; i++) {
        const entry = drivenEntry(row, first + i);
        if (index === undefined) this.#anywhere.add(textOf(entry));
        else this.#placed.set(index + BigInt(i), entry);
      }
    }
  }

  meet(index: bigint, entry: Uint8Array): void {
    const want = this.#placed.get(index);
    if (want !== undefined && !equalBytes(want, entry)) this.#faults.push(`entry ${index} is not the one that was acknowledged`);
    this.#placed.delete(index);
    const text = textOf(entry);
    if (this.#met.has(text)) this.#faults.push(`entry ${index} stands in the tree twice`);
    this.#met.add(text);
    this.#anywhere.delete(text);
  }

  faults(): readonly string[] {
    const [first] = this.#placed.keys();
    const lost = [
      ...(first === undefined ? [] : [`${this.#placed.size} acknowledged entries are lost, the first at ${first}`]),
      ...(this.#anywhere.size === 0 ? [] : [`${this.#anywhere.size} entries that were staged are lost`]),
    ];
    return [...this.#faults, ...lost];
  }
}

function textOf(entry: Uint8Array): string {
  return Buffer.from(entry).toString('latin1');
}

async function faultsOfHead(
  state: LogState,
  { edge, root }: { readonly edge: TreeEdge; readonly root: Uint8Array },
  keys: readonly VerifierKey[],
): Promise<readonly string[]> {
  const head = (await state.heads()).find(({ year }) => year === DRIVEN_YEAR);
  if (head === undefined) return edge.size === 0n ? [] : ['there are entries and no head'];
  if (head.size === 0n && edge.size === 0n) return [];
  const origin = keys[0]?.name ?? '';
  const signed = checkSignedCheckpoint(head.checkpoint, { logs: [{ origin, keys }], sha256, checks: signatureChecks });
  if (!signed.ok) return [`the head is not signed: ${signed.code}`];
  const { checkpoint } = signed.value;
  if (checkpoint.size !== edge.size) return [`the head says ${checkpoint.size} and there are ${edge.size} entries`];
  return equalBytes(checkpoint.root, root) ? [] : [`the head of size ${edge.size} is not that of its entries`];
}

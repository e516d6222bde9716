import { toHex } from '@comity/core';
import type { ReadReceipt } from './check-receipts.ts';
import { type Finding, finding } from './report.ts';
import { type KnownHead, ownerOf, type Scene } from './scene.ts';

/** Heads of one log that cannot both be true, wherever they appear: in extracts, in what another log says it saw, in receipts. */
export function checkHeads(scene: Scene, others: readonly KnownHead[], receipts: readonly ReadReceipt[]): readonly Finding[] {
  const heads = [
    ...scene.logs.flatMap((log) => log.heads),
    ...others,
    ...receipts.flatMap(({ place, party }) => (place === undefined ? [] : [{ ...place.head, by: party }])),
    ...scene.logs.flatMap(seenBy),
  ];
  const bySize = Map.groupBy(heads, ({ origin, size }) => `${origin}\n${size}`);
  return [...bySize.values()].flatMap((same) => {
    const [first, ...rest] = same;
    const other = rest.find(({ root }) => root !== first?.root);
    if (first === undefined || other === undefined) return [];
    const owner = ownerOf(scene.directory, first.origin)?.id ?? '';
    return [finding('log-forked', { party: owner, log: first.origin }, { party: owner, size: String(first.size), by: other.by })];
  });
}

function seenBy({ party, entries }: Scene['logs'][number]): readonly KnownHead[] {
  return entries.flatMap(({ entry: { seen } }) =>
    seen === undefined ? [] : [{ origin: seen.origin, size: BigInt(seen.size), root: seen.root, by: party }],
  );
}

/** A head as hexadecimal text. */
export function headOf(
  { origin, size, root }: { readonly origin: string; readonly size: bigint; readonly root: Uint8Array },
  by: string,
): KnownHead {
  return { origin, size, root: toHex(root), by };
}

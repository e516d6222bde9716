import { existsSync, writeFileSync } from 'node:fs';
import { ok, type Party, partyAt, type Result, refuse, toHex, toInstant } from '@comity/core';
import { enterDirectory, logOf, REDACTION_REASONS, type RedactionOrder, signersOf, signOrder } from '@comity/node/beside';
import { sha256, signatureChecks } from '@comity/node/keys';
import { checkSignedCheckpoint, inclusionProof, parseSize, verifyInclusion } from '@comity/prove';
import type { NodeSettings } from '../node/config.ts';
import { openConfigured } from '../node/keystore.ts';
import { publicLog, Unreachable } from './fetchLog.ts';
import { Absent } from './judgeHead.ts';

/** What is to be blanked, as it was typed. */
interface Ask {
  readonly party: string;
  readonly year: string;
  readonly index: string;
  readonly reason: string;
  readonly output: string;
}

/**
 * Writes an overseer's order. The leaf hash that it names is taken from the party's public log and proven to stand under a head that the party signed. Errors:
 * `field-invalid` with the option, `order-invalid` when the configured party is no overseer, `checkpoint-invalid`, `proof-invalid`, `peer-unreachable`, `not-found`.
 */
export async function writeOrder(settings: NodeSettings, ask: Ask): Promise<Result<RedactionOrder>> {
  const now = toInstant(Date.now());
  const { directory, party } = enterDirectory(settings, now);
  const owner = partyAt(directory, ask.party, now);
  const [year, index] = [Number(ask.year), parseSize(ask.index)];
  const reason = REDACTION_REASONS.find((one) => one === ask.reason);
  if (owner === undefined) return refuse('field-invalid', '--party', { kind: 'party' });
  if (!/^[0-9]{4}$/.test(ask.year)) return refuse('field-invalid', '--year', { kind: 'YYYY' });
  if (!index.ok) return refuse('field-invalid', '--index', { kind: '0, 1, 2, …' });
  if (reason === undefined) return refuse('field-invalid', '--reason', { kind: REDACTION_REASONS.join(', ') });
  const leaf = await leafIn(owner, { year, index: index.value, now });
  if (!leaf.ok) return leaf;
  if (!existsSync(settings.keystore)) return refuse('not-found', `keystore: ${settings.keystore}`);
  const keystore = await openConfigured(settings);
  const redaction = { origin: `${owner.logOrigin}/${year}`, index: ask.index, leaf: toHex(leaf.value), reason };
  const device = await settings.device?.open();
  const order = await signOrder({ party, now }, redaction, (message) =>
    signersOf({ keystore, party, device }).party(now).sign(message),
  );
  if (order.ok) writeFileSync(ask.output, `${JSON.stringify(order.value, null, 2)}\n`);
  return order;
}

/** The leaf hash at a place of a party's public log. */
async function leafIn(
  owner: Party,
  { year, index, now }: { readonly year: number; readonly index: bigint; readonly now: string },
): Promise<Result<Uint8Array>> {
  const log = publicLog(new URL(`/public/log/${year}`, owner.endpoint).href);
  try {
    const known = logOf({ now: () => now }, owner, `${owner.logOrigin}/${year}`);
    const head = checkSignedCheckpoint(await log.checkpoint(), { logs: [known], sha256, checks: signatureChecks });
    if (!head.ok) return refuse('checkpoint-invalid', known.origin);
    const { size, root } = head.value.checkpoint;
    if (index >= size) return refuse('entry-unknown', '--index');
    const width = Number(index & 255n) + 1;
    const tile = await log.readTile({ level: 0, index: index >> 8n, width: widthIn(size, index) });
    const leaf = tile.slice((width - 1) * HASH_BYTES, width * HASH_BYTES);
    const proof = await inclusionProof({ index, size }, log.readTile, sha256);
    return verifyInclusion({ index, size, root, leaf, proof }, sha256) ? ok(leaf) : refuse('proof-invalid', known.origin);
  } catch (error) {
    if (error instanceof Unreachable) return refuse('peer-unreachable', owner.id);
    if (error instanceof Absent || error instanceof RangeError) return refuse('proof-invalid', owner.id);
    throw error;
  }
}

const HASH_BYTES = 32;

/** How wide the level-0 tile of an entry is in a tree of a size. */
function widthIn(size: bigint, index: bigint): number {
  const left = size - ((index >> 8n) << 8n);
  return left < 256n ? Number(left) : 256;
}

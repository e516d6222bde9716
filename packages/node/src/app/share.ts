import { fromBase64, isJsonObject, ok, type Party, type Result, refuse } from '@comity/core';
import { type Decision, decisionsOf } from '@comity/procedure';
import { splitHeader } from '@comity/seal';
import { type Manifest, parseManifest } from '@comity/seal/manifest';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase } from '../store/cases.ts';
import { payloadsOf, type StoredPayload } from '../store/payloads.ts';
import type { ActRequest } from './act.ts';
import { announce, officesOf } from './deliver.ts';
import { packageOf } from './expect.ts';
import { addressedTo } from './holders.ts';
import type { House, Person } from './house.ts';
import { packItems, type SealedItem } from './manifest.ts';
import { mayDeliver } from './mayDeliver.ts';
import { checkSealedFor } from './sealedFor.ts';

/** The seat of whoever receives what a vendor shares onward. */
const SEAT = 'subprocessor';

/**
 * Shares received items onward, with whom the client has permitted it: the payload as it is, under a header that somebody of the office made for the receiving office on their own
 * machine (`data.decisions.N.header`, base64), since this node cannot open what it holds. A manifest of our own goes with it. Errors: those of a delivery; `field-invalid` for
 * another party than the permitted one; `upload-not-sealed` for a header that is for anybody else.
 */
export async function shareItems(
  house: House,
  ask: { readonly case: string; readonly person: Person; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const found = await findCase(house.db, ask.case);
  if (found === undefined) return refuse('case-unknown', 'case');
  const allowed = mayDeliver(house, found, ask);
  if (!allowed.ok) return allowed;
  if (allowed.value.needed !== undefined) return refuse('sealed-jointly', 'type');
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  const to = receiverOf(house, ask.request, acts);
  if (!to.ok) return to;
  const payloads = await payloadsOf(house.db, ask.case);
  const items: SealedItem[] = [];
  const decisions: Decision[] = [];
  for (const [index, given] of decisionsOf(ask.request.data).entries()) {
    const field = `data.decisions.${index}`;
    const payload = payloads.find((one) => one.item === given.item && one.side === 'received' && one.state === 'held');
    const received = acts.map((act) => packageOf(act, given.item)).find((one) => one !== undefined);
    if (payload === undefined || received === undefined) return refuse('delivery-unknown', `${field}.item`);
    const header = await headerIn(house, { given, field, to: to.value, present: house.vault.header(payload.ciphertext) });
    const one = header.ok ? await shareItem(house, { payload, received, header: header.value, to: to.value }) : header;
    if (!one.ok) {
      for (const { summary } of items) await house.vault.destroy(summary.ciphertextSha256);
      return one;
    }
    items.push(one.value);
    decisions.push({ item: given.item, choice: given.choice });
  }
  const packed = await packItems(house, { state: found.state, procedure: found.procedureSha256, items });
  return ok(announce(ask.request, { decisions, packed, house }));
}

/** The party that is to sit there: the one that the client's latest permission names. */
function receiverOf(house: House, { data }: ActRequest, acts: readonly StoredAct[]): Result<Party> {
  const permitted = acts.findLast((act) => act.body.type === 'permit-onward')?.body.data['party'];
  const named = isJsonObject(data['seats']) ? data['seats'][SEAT] : undefined;
  if (typeof named !== 'string') return refuse('field-missing', `data.seats.${SEAT}`);
  if (named !== permitted) return refuse('field-invalid', `data.seats.${SEAT}`, { kind: String(permitted ?? '') });
  const party = house.directory.parties.find(({ id }) => id === named);
  return party === undefined ? refuse('seat-not-held', `data.seats.${SEAT}`) : ok(party);
}

interface Given {
  readonly given: Decision;
  readonly field: string;
  readonly to: Party;
  /** The header under which the item lies here. */
  readonly present: Uint8Array | undefined;
}

/** The header that was made for the receiver: one stanza for its office key, and nothing behind it. */
async function headerIn(house: House, { given, field, to, present }: Given): Promise<Result<Uint8Array>> {
  const text = given['header'];
  const bytes = typeof text === 'string' ? bytesOf(text) : undefined;
  if (bytes === undefined) return refuse('field-missing', `${field}.header`);
  const sealed = await checkSealedFor([to], once(bytes), house.now());
  if (!sealed.ok) return { ok: false, refusal: { ...sealed.refusal, field: `${field}.header` } };
  const split = await splitHeader(once(bytes));
  // Our own header would name the very file that we hold: what is taken back of a share must never be that.
  const ours = present !== undefined && Buffer.compare(present, bytes) === 0;
  return split.ok && split.value.header.length === bytes.length && !ours
    ? ok(bytes)
    : refuse('upload-not-sealed', `${field}.header`);
}

interface Sharing {
  readonly payload: StoredPayload;
  readonly received: { readonly manifest: unknown; readonly plaintextSalt: string };
  readonly header: Uint8Array;
  readonly to: Party;
}

async function shareItem(house: House, { payload, received, header, to }: Sharing): Promise<Result<SealedItem>> {
  const before = parseManifest(received.manifest);
  const file = await house.vault.read(payload.ciphertext);
  if (!before.ok || file === undefined) return refuse('payload-missing', payload.item);
  // Whoever opened it with others may not pass it on for one alone.
  if (before.value.joint !== undefined) return refuse('sealed-jointly', 'item');
  const office = officesOf([to], house.now());
  if (!office.ok) return office;
  const split = await splitHeader(file);
  if (!split.ok) return split;
  const put = await house.vault.put(joined(header, split.value.rest));
  if (!put.ok) return put;
  const { minimisation, plaintext }: Manifest = before.value;
  const summary = {
    ciphertextSha256: put.value.sha256,
    ciphertextSize: put.value.size,
    plaintextDigest: plaintext.digest,
    plaintextSalt: received.plaintextSalt,
  };
  return ok({ item: payload.item, minimisation, addressed: addressedTo(office.value), summary });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* joined(header: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield header;
  yield* rest;
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    // fromBase64 throws on every other spelling.
    return undefined;
  }
}

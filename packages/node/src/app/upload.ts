import { type Instant, ok, type Party, type Result, refuse, toInstant, uuid7 } from '@comity/core';
import { findCase } from '../store/cases.ts';
import { isListed } from '../store/payloads.ts';
import { expiredUploads, findUpload, insertUpload, removeUpload, renewUpload, type Upload, uploadsOf } from '../store/uploads.ts';
import type { House, Person } from './house.ts';
import { mayDeliver } from './mayDeliver.ts';
import { checkSealedFor, NotSealed, sealedOnly } from './sealedFor.ts';

/** How long an upload rests before it is given up, in milliseconds. */
const RESTS = 7 * 86_400_000;
/** Uploads of one case at once. */
const MOST = 50;

/** What somebody wants to hand in. */
export interface UploadAsk {
  readonly case: string;
  readonly item: string;
  /** Bytes of the sealed file. */
  readonly size: number;
  /** SHA-256 of the sealed file, hexadecimal. */
  readonly sha256: string;
}

/** An upload, and how far it has come. */
export interface Uploaded {
  readonly upload: Upload;
  /** How many bytes are here; the next ones begin there. */
  readonly offset: number;
}

/** Begins to take a file that was sealed elsewhere, for an item that this person may deliver now. Errors: those of a delivery, `too-many-requests`, `sealed-jointly`. */
export async function beginUpload(house: House, person: Person, ask: UploadAsk): Promise<Result<Uploaded>> {
  const allowed = await receiversOf(house, person, ask);
  if (!allowed.ok) return allowed;
  const now = house.now();
  if ((await uploadsOf(house.db, ask.case, now)).length >= MOST) return refuse('too-many-requests', 'case');
  const id = uuid7(Date.parse(now), house.random(10));
  const upload = { ...ask, id, person: person.id, state: 'open', begun: now, expires: later(now) } as const;
  await insertUpload(house.db, upload);
  return ok({ upload, offset: 0 });
}

/** How far an upload has come. Errors: `upload-unknown`. */
export async function readUpload(house: House, id: string): Promise<Result<Uploaded>> {
  const upload = await findUpload(house.db, id);
  if (upload === undefined || upload.expires <= house.now()) return refuse('upload-unknown', 'id');
  return ok({ upload, offset: upload.state === 'whole' ? upload.size : await house.partials.sizeOf(partOf(id)) });
}

/**
 * Adds bytes to an upload, which must be at this offset. What came before the line broke stays. With the last byte the whole is checked, and goes into the vault. Errors:
 * `upload-unknown`, `upload-offset`, `body-too-large`, `storage-full`; `upload-not-sealed` and `payload-altered` end the upload, and nothing of it is kept.
 */
export async function growUpload(
  house: House,
  person: Person,
  ask: { readonly id: string; readonly from: number; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<Result<Uploaded>> {
  const found = await readUpload(house, ask.id);
  if (!found.ok) return found;
  const { upload, offset } = found.value;
  if (upload.state === 'whole' || ask.from !== offset) return refuse('upload-offset', 'offset', { offset });
  const grown = await appendSealed(house, upload, ask);
  if (!grown.ok) return grown;
  const expires = later(house.now());
  if (grown.value < upload.size) {
    await renewUpload(house.db, upload.id, { state: 'open', expires });
    return ok({ upload: { ...upload, expires }, offset: grown.value });
  }
  return finish(house, person, { ...upload, expires });
}

async function appendSealed(
  house: House,
  upload: Upload,
  { from, bytes }: { readonly from: number; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<Result<number>> {
  try {
    return await house.partials.append(partOf(upload.id), { from, most: upload.size }, sealedOnly(bytes, from));
  } catch (error) {
    if (!(error instanceof NotSealed)) throw error;
    await giveUp(house, upload);
    return refuse('upload-not-sealed');
  }
}

/** All bytes are here: are they what was announced, and for the receiving offices alone? */
async function finish(house: House, person: Person, upload: Upload): Promise<Result<Uploaded>> {
  const { partials, vault, db } = house;
  const part = partOf(upload.id);
  const to = await receiversOf(house, person, upload);
  if (!to.ok) return to;
  const sealed = await checkSealedFor(to.value, partials.read(part), house.now());
  const put = sealed.ok ? await vault.putExactly(partials.read(part), upload.sha256) : sealed;
  if (!put.ok) {
    // The vault may have room again later; what is the wrong file never becomes the right one.
    if (put.refusal.code !== 'storage-full' && put.refusal.code !== 'vault-unreachable') await giveUp(house, upload);
    return put;
  }
  await renewUpload(db, upload.id, { state: 'whole', expires: upload.expires });
  await partials.remove(part);
  return ok({ upload: { ...upload, state: 'whole' }, offset: upload.size });
}

/**
 * The sealed file of an upload that is whole, for a delivery to take: it lies in the vault under its digest. Errors: `upload-unknown`, also for another case or item or one that
 * is not whole yet.
 */
export async function wholeUpload(
  house: House,
  ask: { readonly id: string; readonly case: string; readonly item: string },
): Promise<Result<Pick<Upload, 'sha256' | 'size' | 'person'>>> {
  const found = await readUpload(house, ask.id);
  if (!found.ok) return found;
  const { upload } = found.value;
  const fits = upload.state === 'whole' && upload.case === ask.case && upload.item === ask.item;
  return fits ? ok({ sha256: upload.sha256, size: upload.size, person: upload.person }) : refuse('upload-unknown', 'upload');
}

/** Gives up uploads that have rested for too long, and removes what came of them, unless it was delivered since. */
export async function sweepUploads(house: House): Promise<void> {
  for (const upload of await expiredUploads(house.db, house.now())) await giveUp(house, upload);
}

async function giveUp(house: House, upload: Upload): Promise<void> {
  await house.partials.remove(partOf(upload.id));
  const delivered = upload.state === 'open' || (await isListed(house.db, upload.sha256));
  if (!delivered) await house.vault.destroy(upload.sha256);
  await removeUpload(house.db, upload.id);
}

/** Whom this person may deliver the item to now. */
async function receiversOf(
  house: House,
  person: Person,
  about: Pick<UploadAsk, 'case' | 'item'>,
): Promise<Result<readonly Party[]>> {
  const found = await findCase(house.db, about.case);
  if (found === undefined) return refuse('case-unknown', 'case');
  const data = { decisions: [{ item: about.item, choice: 'deliver' }] };
  const allowed = mayDeliver(house, found, { person, request: { type: 'deliver', data, sections: {} } });
  if (!allowed.ok) return allowed;
  // What its stanzas show says nothing of the shares in them.
  return allowed.value.needed === undefined ? ok(allowed.value.to) : refuse('sealed-jointly', 'item');
}

function partOf(id: string): string {
  return `upload-${id}`;
}

function later(now: Instant): Instant {
  return toInstant(Date.parse(now) + RESTS);
}

import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import type { Preview } from '@comity/prepare';
import type { Decision } from '@comity/procedure';
import type { Manifest } from '@comity/seal/manifest';
import type { StoredPreview } from '../store/previews.ts';
import { addressedTo } from './holders.ts';
import type { House } from './house.ts';
import { minimisationOf, type SealedItem } from './manifest.ts';
import { wholeUpload } from './upload.ts';

const DIGEST = /^[0-9a-f]{64}$/;
/** 32 bytes, base64url. */
const SALT = /^[A-Za-z0-9_-]{43}$/;

/** What a delivery of a handed-in file is made from. */
export interface HandingIn {
  readonly case: string;
  readonly decision: Decision;
  readonly office: Manifest['to'];
  /** What was confirmed for the item. */
  readonly approved: StoredPreview;
}

/**
 * A file that was sealed where it arose and handed in whole, as an item of a delivery: the decision names the upload and, since this node never sees the content, the digest of salt
 * and content (`plaintext: {digest, salt}`), which the receiver holds against what it opens. Errors: `upload-unknown`, `field-invalid` with the field.
 */
export async function takeHandedIn(
  house: House,
  { case: id, decision, office, approved }: HandingIn,
): Promise<Result<SealedItem>> {
  const { item, upload, plaintext } = decision;
  if (typeof upload !== 'string') return refuse('field-missing', 'upload');
  const [digest, salt] = isJsonObject(plaintext) ? [plaintext['digest'], plaintext['salt']] : [undefined, undefined];
  if (typeof digest !== 'string' || !DIGEST.test(digest)) return refuse('field-invalid', 'plaintext.digest', { kind: 'digest' });
  if (typeof salt !== 'string' || !SALT.test(salt))
    return refuse('field-invalid', 'plaintext.salt', { kind: '32 bytes, base64url' });
  const whole = await wholeUpload(house, { id: upload, case: id, item });
  if (!whole.ok) return whole;
  const { sha256, size } = whole.value;
  const summary = { ciphertextSha256: sha256, ciphertextSize: size, plaintextDigest: digest, plaintextSalt: salt };
  // Parser: selectByHand or savePreview wrote it.
  return ok({
    item,
    minimisation: minimisationOf(approved.preview as unknown as Preview),
    addressed: addressedTo(office),
    summary,
  });
}

/**
 * The door for browsers: the same files as `seal` and `unseal` make and open, whole and in memory, without node:crypto. For what a
 * person seals or reads on a page (a section, a report); streams of any length belong to the node.
 */
import { ok, type Result } from '@comity/core';
import { Encrypter } from 'age-encryption';
import { headerOf } from './header.ts';
import { type JointKeys, type JointTo, joinFileKey, openShare, shareFileKey } from './joint.ts';
import type { Share, ShareSet } from './share.ts';
import { openWhole } from './whole.ts';

export { readHeaderOf } from './header-of-stream.ts';
export {
  generateOfficeIdentity,
  MAX_WORK_FACTOR,
  type OfficeIdentity,
  protectIdentity,
  recipientOf,
  recoverIdentity,
} from './identity.ts';
export { type JointKeys, type JointTo, joinFileKey } from './joint.ts';
export { kindOfIdentity, kindOfRecipient, type SealKind } from './kinds.ts';
export { rewrapHeader } from './rewrap-header.ts';
export { parseShare, type Share, type ShareSet, writeShare } from './share.ts';
export { unsealPieces } from './unseal-pieces.ts';
export { sealWhole, unsealWhole } from './whole.ts';

/** Seals bytes to several who can only open together; the rules and refusals of `sealJointly`. */
export async function sealWholeJointly(
  plaintext: Uint8Array,
  to: JointTo,
): Promise<Result<{ readonly file: Uint8Array; readonly set: ShareSet }>> {
  const shared = await shareFileKey(to);
  if (!shared.ok) return shared;
  const encrypter = new Encrypter();
  for (const recipient of shared.value.recipients) encrypter.addRecipient(recipient);
  return ok({ file: await encrypter.encrypt(plaintext), set: shared.value.set });
}

/** A holder's share of a jointly sealed file, of which at least the header is given; `unseal-refused` for all that is wrong. */
export async function openShareOf(file: Uint8Array, identity: string): Promise<Result<Share>> {
  const header = headerOf(file);
  return header.ok ? openShare(header.value, identity) : header;
}

/** Opens a jointly sealed file that is wholly in memory; the refusals of `openJointly`. Nothing is given back unless all of it is authentic. */
export async function unsealWholeJointly(file: Uint8Array, keys: JointKeys): Promise<Result<Uint8Array>> {
  const header = headerOf(file);
  if (!header.ok) return header;
  const opener = await joinFileKey(header.value, keys);
  return opener.ok ? openWhole(file, opener.value) : opener;
}

import { fromUtf8, ok, type Result, refuse } from '@comity/core';
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption';
import { addRecipients, dictate, headerBy, openHeader, type SealedHeader } from './header.ts';
import { isGrease, JOINT } from './kinds.ts';
import { belongs, joinShares, parseShare, parseShareSet, type Share, type ShareSet, shareSecret, writeShare } from './share.ts';
import { sealWhole, unsealWhole } from './whole.ts';

/** To whom something is sealed that nobody can open alone: any `needed` of the holders together can. */
export interface JointTo {
  readonly needed: number;
  /** Age recipients, of one kind, at most 16: share 1 goes to the first. */
  readonly holders: readonly string[];
}

/** What is needed to open jointly. */
export interface JointKeys {
  readonly shares: readonly Share[];
  /** From the manifest, which is signed; left out, those that the header itself names. */
  readonly commitments?: readonly string[];
}

/** A header under which nobody opens alone. */
export interface JointHeader extends SealedHeader {
  readonly set: ShareSet;
}

/** What typage is told to seal jointly. */
export interface JointRecipients {
  readonly recipients: readonly Recipient[];
  readonly fileKey: Uint8Array;
  readonly set: ShareSet;
}

/**
 * Shares a fresh file key, each share in a stanza of its own, sealed to its holder:
 * `-> comity.example/joint-1 INDEX NEEDED COUNT SET COMMITMENT`, and an age file as its body. Other age tools pass over a stanza that they do not
 * know (C2SP age, "Recipient stanza"), and find nobody to open for. Refuses `recipient-unknown` as makeHeader does, and `field-invalid`
 * (`needed`) unless 2 <= needed <= holders <= 16.
 */
export async function shareFileKey({ needed, holders }: JointTo): Promise<Result<JointRecipients>> {
  const fit = addRecipients(new Encrypter(), holders);
  if (!fit.ok) return fit;
  const fileKey = crypto.getRandomValues(new Uint8Array(16));
  const shared = await shareSecret(fileKey, { needed, count: holders.length });
  if (!shared.ok) return shared;
  const { set, shares } = shared.value;
  const stanzas: Stanza[] = [];
  for (const [i, share] of shares.entries()) {
    const sealed = await sealWhole(writeShare(share), [holders[i] ?? '']);
    if (!sealed.ok) return sealed;
    stanzas.push(new Stanza(argsOf(share, set), sealed.value));
  }
  return ok({ recipients: [dictate(fileKey), { wrapFileKey: () => stanzas }], fileKey, set });
}

/** Makes the header of an age v1 file that nobody opens alone; refuses as shareFileKey does. */
export async function makeJointHeader(to: JointTo): Promise<Result<JointHeader>> {
  const shared = await shareFileKey(to);
  if (!shared.ok) return shared;
  const { recipients, fileKey, set } = shared.value;
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return ok({ header: await headerBy(encrypter), fileKey, set });
}

/** A holder's share of a jointly sealed file. Every failure, and a file without a share for this identity, is `unseal-refused`. */
export async function openShare(header: Uint8Array, identity: string): Promise<Result<Share>> {
  const read = await readJoint(header);
  if (!read.ok) return read;
  for (const { body } of read.value.stanzas) {
    const opened = await unsealWhole(body, identity);
    const share = opened.ok ? shareIn(opened.value) : opened;
    if (share.ok && (await belongs(share.value, read.value.set))) return share;
  }
  return refuse('unseal-refused');
}

/**
 * The file key behind a jointly sealed file's header. Refuses `share-invalid`, naming it, for a share that was altered, is of another file or
 * comes twice; `shares-too-few`; `unseal-refused` for all that is wrong with the header.
 */
export async function openJointHeader(header: Uint8Array, keys: JointKeys): Promise<Result<Uint8Array>> {
  const joined = await joinFileKey(header, keys);
  return joined.ok ? openHeader(header, joined.value) : joined;
}

/** The same, as an opener that still has to hold the file key against the header's MAC: what the stanzas say is true only then. */
export async function joinFileKey(header: Uint8Array, { shares, commitments }: JointKeys): Promise<Result<Identity>> {
  const read = await readJoint(header);
  if (!read.ok) return read;
  const { set } = read.value;
  const joined = await joinShares(shares, { ...set, commitments: commitments ?? set.commitments });
  return joined.ok ? ok({ unwrapFileKey: () => joined.value }) : joined;
}

/** The public part of a jointly sealed file's sharing, as its header has it: what the manifest says instead is signed. `unseal-refused` for another file. */
export async function jointSetOf(header: Uint8Array): Promise<Result<ShareSet>> {
  const read = await readJoint(header);
  return read.ok ? ok(read.value.set) : read;
}

interface Joint {
  readonly set: ShareSet;
  readonly stanzas: readonly Stanza[];
}

/** Refuses a header that could be opened by one alone, and one whose shares do not make a whole set. */
async function readJoint(header: Uint8Array): Promise<Result<Joint>> {
  const all = await stanzasOf(header);
  const stanzas = all.filter(({ args }) => !isGrease(args[0] ?? ''));
  const [first] = stanzas;
  const set = parseShareSet({
    id: first?.args[4] ?? '',
    needed: Number(first?.args[2]),
    commitments: stanzas.map(({ args }) => args[5] ?? ''),
  });
  if (!set.ok) return refuse('unseal-refused');
  const { id, needed, commitments } = set.value;
  const whole = stanzas.every(({ args }, i) => {
    const expected = [JOINT, i + 1, needed, commitments.length, id, commitments[i]];
    return args.join(' ') === expected.join(' ');
  });
  return whole ? ok({ set: set.value, stanzas }) : refuse('unseal-refused');
}

/** The stanzas of a header whose MAC nobody has checked yet; none for what is no header. */
async function stanzasOf(header: Uint8Array): Promise<readonly Stanza[]> {
  const caught: Stanza[] = [];
  const decrypter = new Decrypter();
  const listen = (stanzas: Stanza[]): null => {
    caught.push(...stanzas);
    return null;
  };
  decrypter.addIdentity({ unwrapFileKey: listen });
  // It opens for nobody: typage always refuses, and tells the stanzas on the way.
  await decrypter.decryptHeader(header).catch(() => undefined);
  return caught;
}

function argsOf({ index, needed, count }: Share, { id, commitments }: ShareSet): string[] {
  return [JOINT, String(index), String(needed), String(count), id, commitments[index - 1] ?? ''];
}

function shareIn(bytes: Uint8Array): Result<Share> {
  try {
    return parseShare(JSON.parse(fromUtf8(bytes)));
  } catch {
    // Not a share, whatever it is.
    return refuse('share-invalid');
  }
}

/** `hybrid` = ML-KEM-768 with X25519, safe against quantum computers, the default; `x25519` only for peers that cannot yet do the other. */
export type SealKind = 'hybrid' | 'x25519';

/** Letters of a hybrid recipient: `age1pq1`, 1,216 bytes in groups of five bits, and six of checksum. */
const HYBRID_LETTERS = 7 + Math.ceil((1216 * 8) / 5) + 6;

/** The stanza types of C2SP age that hold against quantum computers. */
const POST_QUANTUM = ['mlkem768x25519', 'mlkem768p256tag'];

/** The stanza type of a share of the file key: a file that has one opens for several together, and for nobody alone. */
export const JOINT = 'comity.example/joint-1';

/** Kind of an age recipient, or undefined for all that an office does not use: plugins, hardware tags, SSH keys. */
export function kindOfRecipient(recipient: string): SealKind | undefined {
  if (recipient.length === HYBRID_LETTERS && /^age1pq1[a-z0-9]+$/.test(recipient)) return 'hybrid';
  // Bech32 data hold no `1`: what follows the first one is the key, so age1tag1... and age1pq1... cannot pass here.
  return /^age1[02-9ac-hj-np-z]{58}$/.test(recipient) ? 'x25519' : undefined;
}

/** Kind of an age identity, or undefined. */
export function kindOfIdentity(identity: string): SealKind | undefined {
  if (/^AGE-SECRET-KEY-PQ-1[A-Z0-9]{58}$/.test(identity)) return 'hybrid';
  return /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/.test(identity) ? 'x25519' : undefined;
}

/**
 * Whether a file's stanzas would let somebody in by an easier way than the one they show: beside a post-quantum stanza only other
 * post-quantum ones may stand (C2SP age, "mlkem768x25519": such a mix must not be made), beside a share only other shares, and grease, which
 * opens nothing, beside any.
 */
export function isDowngrade(stanzaTypes: readonly string[]): boolean {
  const types = stanzaTypes.filter((type) => !isGrease(type));
  const [hybrid, joint] = [types.some(isHybrid), types.includes(JOINT)];
  return (hybrid && !types.every(isHybrid)) || (joint && !types.every((type) => type === JOINT));
}

/** Whether a stanza is there only so that readers keep passing over what they do not know (C2SP age, "Recipient stanza"). */
export function isGrease(type: string): boolean {
  return type.endsWith('-grease');
}

function isHybrid(type: string): boolean {
  return POST_QUANTUM.includes(type);
}

import { readEmail, readUserId } from './identifierAccount.ts';
import { readImei, readMac } from './identifierDevice.ts';
import { readAddress } from './identifierIp.ts';
import { readPhone } from './identifierPhone.ts';
import type { IdentifierHint, ReadIdentifier } from './identifierRead.ts';
import { readable } from './identifierRead.ts';
import type { Identifier, IdentifierType } from './item.ts';
import { ok, type Result, refuse } from './result.ts';

export type { IdentifierHint, IdentifierWarning, ReadIdentifier } from './identifierRead.ts';
export { IDENTIFIER_WARNINGS } from './identifierRead.ts';

type Reader = (text: string, hint: IdentifierHint) => Result<ReadIdentifier>;

const READERS: Readonly<Record<IdentifierType, Reader>> = {
  email: readEmail,
  phone: readPhone,
  user_id: readUserId,
  ip_address: readAddress,
  imei: readImei,
  mac_address: readMac,
  dataset: (text) => ok({ type: 'dataset', value: text, warnings: [] }),
};

/**
 * Reads an identifier as somebody keyed it. Nothing is guessed: what could mean two things is refused, with what to do.
 * In: its type, the text, and where the reader is. Out: the normal form in which it is sent and compared, with warnings; or a refusal
 * with the code of its type.
 */
export function readIdentifier({ type, value }: Identifier, hint: IdentifierHint = {}): Result<ReadIdentifier> {
  const { text, changed } = readable(value);
  if (text === '') return refuse('field-missing', 'value');
  if (text.length > 320) return refuse('field-invalid', 'value', { kind: 'at most 320 characters' });
  const read = READERS[type](text, hint);
  if (!read.ok || !changed) return read;
  return ok({ ...read.value, warnings: ['invisible-removed', ...read.value.warnings] });
}

/**
 * Whether two people keyed the same identifier: the second keys it again without seeing the first. Spelling that means the same is the
 * same (`+33 1 22 33 44 55`, `0033122334455`); what cannot be read is never the same.
 */
export function sameIdentifier(a: Identifier, b: Identifier): boolean {
  const [first, second] = [readIdentifier(a), readIdentifier(b)];
  return first.ok && second.ok && a.type === b.type && first.value.value === second.value.value;
}

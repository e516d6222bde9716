import { ok, type Result, refuse } from '@comity/core';
import { isProtected, parseIdentities, parseRecipients } from '@comity/seal/file-to-file';
import { readText } from '../output.ts';
import { readPassphrase } from './passphrase.ts';

/** The identities of a key file; the passphrase of a protected one is read from a file or asked for. Refusals name the file. */
export async function readIdentities(file: string, passphraseFile: string | undefined): Promise<Result<readonly string[]>> {
  const text = readText(file);
  if (!text.ok) return text;
  if (!isProtected(text.value)) return naming(file, parseIdentities(text.value));
  const passphrase = await readPassphrase(passphraseFile);
  if (!passphrase.ok) return passphrase;
  // Loaded when it is asked for, as below: most keys are not protected, and most commands need only these.
  const { recoverIdentities } = await import('@comity/seal');
  return naming(file, await recoverIdentities(text.value, passphrase.value));
}

/** The identity of a key file that holds one; `field-invalid` for more. */
export async function readIdentity(file: string, passphraseFile: string | undefined): Promise<Result<string>> {
  const found = await readIdentities(file, passphraseFile);
  if (!found.ok) return found;
  const [identity] = found.value;
  return identity !== undefined && found.value.length === 1 ? ok(identity) : refuse('field-invalid', file);
}

/** All recipients that were named: one by one, or in files of recipients. */
export function readRecipients(named: readonly string[] = [], files: readonly string[] = []): Result<readonly string[]> {
  const all = [...named];
  for (const file of files) {
    const text = readText(file);
    if (!text.ok) return text;
    const read = naming(file, parseRecipients(text.value));
    if (!read.ok) return read;
    all.push(...read.value);
  }
  return all.length > 0 ? ok(all) : refuse('field-missing', '--to, --recipients');
}

/** The recipient of each identity. */
export async function recipientsOf(identities: readonly string[]): Promise<Result<readonly string[]>> {
  const { recipientOf } = await import('@comity/seal');
  const recipients: string[] = [];
  for (const identity of identities) {
    const recipient = await recipientOf(identity);
    if (!recipient.ok) return recipient;
    recipients.push(recipient.value);
  }
  return ok(recipients);
}

/** Puts the file's name before what a refusal says of its content. */
function naming<T>(file: string, result: Result<T>): Result<T> {
  if (result.ok) return result;
  const { code, field } = result.refusal;
  return refuse(code, field === undefined ? file : `${file}: ${field}`);
}

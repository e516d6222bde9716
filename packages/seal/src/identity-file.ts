import { type Instant, ok, type Result, refuse } from '@comity/core';
import type { OfficeIdentity } from './identity.ts';
import { kindOfIdentity, kindOfRecipient } from './kinds.ts';

/** First line of an armored age file: so an identity under a passphrase is told from a bare one. */
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** The text of an identity file as all age tools read it: comments, then the identity. */
export function writeIdentityFile({ identity, recipient }: OfficeIdentity, at: Instant): string {
  return `# created: ${at}\n# public key: ${recipient}\n${identity}\n`;
}

/** The identities of an age identity file: one a line, empty lines and comments (#) passed over. Refuses `field-invalid` with the number of the line. */
export function parseIdentities(text: string): Result<readonly string[]> {
  return linesOf(text, (line) => kindOfIdentity(line) !== undefined);
}

/** The recipients of an age recipient file: one a line, as parseIdentities. */
export function parseRecipients(text: string): Result<readonly string[]> {
  return linesOf(text, (line) => kindOfRecipient(line) !== undefined);
}

/** Whether an identity file is under a passphrase. */
export function isProtected(text: string): boolean {
  return text.trimStart().startsWith(ARMOR);
}

function linesOf(text: string, fits: (line: string) => boolean): Result<readonly string[]> {
  const lines = text.split('\n').map((line) => line.trim());
  const wrong = lines.findIndex((line) => isContent(line) && !fits(line));
  if (wrong >= 0) return refuse('field-invalid', `line ${wrong + 1}`);
  const found = lines.filter(isContent);
  return found.length > 0 ? ok(found) : refuse('field-missing', 'line 1');
}

function isContent(line: string): boolean {
  return line !== '' && !line.startsWith('#');
}

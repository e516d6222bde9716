import { randomBytes } from 'node:crypto';
import { ok, type Result, refuse, toInstant } from '@comity/core';
import { keepSignInCode, sha256Hex } from '@comity/node/beside';
import type { NodeSettings } from './config.ts';
import { openDatabase } from './database.ts';

const HOURS = 24;
/** Without letters and digits that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Makes a one-time sign-in code for a person of the node; only its hash is kept. It works once and for a day. */
export async function invite(
  settings: NodeSettings,
  person: string,
): Promise<Result<{ readonly code: string; readonly expires: string }>> {
  if (!settings.people.some((candidate) => candidate.id === person)) return refuse('not-found', `people: ${person}`);
  const database = await openDatabase(settings);
  try {
    const code = newCode();
    const expires = toInstant(Date.now() + HOURS * 3_600_000);
    await keepSignInCode(database.url, { codeSha256: sha256Hex(code), person, expires });
    return ok({ code, expires });
  } finally {
    await database.stop();
  }
}

/** Twenty letters of 31: 99 bits. Bytes that would favour some letters are drawn again. */
function newCode(): string {
  const even = Math.floor(256 / LETTERS.length) * LETTERS.length;
  let code = '';
  while (code.length < 20)
    for (const byte of randomBytes(32)) if (byte < even && code.length < 20) code += LETTERS[byte % LETTERS.length];
  return code.replace(/(.{5})(?=.)/g, '$1-');
}

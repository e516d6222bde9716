import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@comity/core';
import { isMissing, writeDurably } from '../disk.ts';

const NAME = 'directory-issued';

/**
 * Remembers when the newest directory that was in force here was issued. Throws, in words for the operator, when this one is older: it may list keys that were revoked
 * since, and a restart must not bring them back.
 */
export async function noteIssued(dir: string, issued: Instant): Promise<void> {
  const known = await issuedIn(dir);
  if (known === issued) return;
  if (known !== undefined && known > issued)
    throw new Error(
      `The directory was issued ${issued}, and one that was issued ${known} was in force here already. Get the present one from whoever keeps it.`,
    );
  await writeDurably(join(dir, NAME), issued);
}

async function issuedIn(dir: string): Promise<Instant | undefined> {
  try {
    return await readFile(join(dir, NAME), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

import type { Act } from '@comity/core';
import type { CaseFile } from '../casefile.ts';

/** A file that tests may write to: what JSON.parse gives. */
// biome-ignore lint/suspicious/noExplicitAny: an attacker's edits know no types.
export type Loose = any;

/** A copy of a file with an edit made to it. */
export function edited(file: CaseFile, edit: (file: Loose) => void): Loose {
  const copy: Loose = JSON.parse(JSON.stringify(file));
  edit(copy);
  return copy;
}

/** The act of a type in a file that is being edited. */
export function actIn(file: Loose, type: string): Loose {
  return file.acts.find((act: Act) => act.body.type === type);
}

/** The log of a party in a file that is being edited. */
export function logIn(file: Loose, party: string): Loose {
  return file.logs.find((log: Loose) => log.party === party);
}

/** The position in a log extract of the entry of a type. */
export function entryIn(file: Loose, party: string, t: string): number {
  return logIn(file, party).entries.findIndex(
    (entry: Loose) => JSON.parse(Buffer.from(entry.entry, 'base64').toString()).t === t,
  );
}

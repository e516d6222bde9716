import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isInstant, isJsonObject } from '@comity/core';

/** What a monitor remembers between two looks. */
export interface KeptHead {
  /** The signed note, verbatim. */
  readonly note: string;
  /** When this note was first served. */
  readonly since: string;
}

/** What was kept in a folder, or undefined when nothing was. Throws when it is there and cannot be read: then nothing may be concluded. */
export function readKept(dir: string): KeptHead | undefined {
  const file = join(dir, 'kept.json');
  if (!existsSync(file)) return undefined;
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isJsonObject(json) || typeof json['note'] !== 'string' || !isInstant(json['since'])) throw new Error(`${file} is damaged`);
  return { note: json['note'], since: json['since'] };
}

/** Keeps a head; after a crash the folder holds the old one or the new one. */
export function keep(dir: string, head: KeptHead): void {
  mkdirSync(dir, { recursive: true });
  writeWhole(join(dir, 'kept.json'), `${JSON.stringify(head)}\n`);
}

/** Files of one piece of evidence, by name. */
export type Evidence = Readonly<Record<string, string>>;

/** Lays evidence down in a folder of its own under `evidence/`, once however often it is met; gives the folder. */
export function layDown(dir: string, name: string, evidence: Evidence): string {
  const folder = join(dir, 'evidence', name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part`;
  mkdirSync(unfinished, { recursive: true });
  for (const [file, text] of Object.entries(evidence)) writeWhole(join(unfinished, file), text);
  renameSync(unfinished, folder);
  return folder;
}

function writeWhole(file: string, text: string): void {
  const descriptor = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${file}.new`, file);
}

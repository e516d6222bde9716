import { readFileSync } from 'node:fs';
import { ok, type Result, refuse } from '@comity/core';
import { inRepository } from '../places.ts';

/** Areas of three digits that are changed to 000, and where that list comes from. */
export interface Zip3List {
  readonly restricted: readonly string[];
  readonly data: string;
  readonly read: string;
}

/** The dated list that comes with the program. Refuses `not-found` where it was installed without it. */
export function readZip3List(): Result<Zip3List> {
  const file = inRepository('law', 'lists', 'us.zip3.json');
  if (file === undefined) return refuse('not-found', 'law/lists/us.zip3.json');
  const list = JSON.parse(readFileSync(file, 'utf8'));
  const restricted = [...Object.keys(list.fewPeople), ...list.noResidents].sort();
  return ok({ restricted, data: String(list.source.data), read: String(list.read) });
}

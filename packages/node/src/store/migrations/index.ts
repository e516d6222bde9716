import type { Migration } from 'kysely/migration';
import * as house from './0001_house.ts';

/** Every migration in order. Numbered, forward only; a released one is never edited. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001_house': house };

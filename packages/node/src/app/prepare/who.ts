import { ok, type Result, refuse } from '@comity/core';
import type { Person } from '../house.ts';

/** Who prepares data. */
const PREPARERS: readonly string[] = ['data_engineer', 'analyst'];
/** Who says how much all releases together may tell of one person: never who makes them. */
const KEEPERS: readonly string[] = ['counsel', 'protection_officer', 'reviewer'];
/** Who sees what was prepared. */
const VIEWERS: readonly string[] = [...PREPARERS, ...KEEPERS, 'project_owner'];

function holds(person: Person, roles: readonly string[]): Result<null> {
  return person.roles.some((role) => roles.includes(role)) ? ok(null) : refuse('role-not-allowed');
}

/** Errors: `role-not-allowed`. */
export function prepares(person: Person): Result<null> {
  return holds(person, PREPARERS);
}

/** Errors: `role-not-allowed`. */
export function keepsBudgets(person: Person): Result<null> {
  return holds(person, KEEPERS);
}

/** Errors: `role-not-allowed`. */
export function seesPreparations(person: Person): Result<null> {
  return holds(person, VIEWERS);
}

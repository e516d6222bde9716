import type { PersonView } from '@comity/node/api';

/** Whether somebody watches other offices' logs. */
export function oversees(person: PersonView | undefined): boolean {
  return person?.roles.includes('overseer') === true;
}

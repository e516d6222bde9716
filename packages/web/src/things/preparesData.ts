import type { PersonView } from '@comity/node/api';

/** Who sees what is prepared: the node says the same again to whoever asks it. */
const ROLES: readonly string[] = ['data_engineer', 'analyst', 'counsel', 'protection_officer', 'reviewer', 'project_owner'];

/** Whether somebody has to do with preparing data. */
export function preparesData(person: PersonView | undefined): boolean {
  return person?.roles.some((role) => ROLES.includes(role)) === true;
}

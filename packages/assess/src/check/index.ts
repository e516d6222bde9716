export { checkDiscipline, type Discipline, type Fault } from './discipline.ts';
export { changedDecisions, type Frozen, freeze, type Guarding } from './freeze.ts';
export type { World } from './worlds.ts';

export { apply } from './apply.ts';
export { type Clock, clockOf, clocksOf } from './clocks.ts';
export { COPY_STATUSES, type Copy, type CopyStatus, copiesOf } from './copies.ts';
export { type Decision, decisionsOf } from './decisions.ts';
export { type Duty, dutiesOf } from './duties.ts';
export { fold } from './fold.ts';
export { judge } from './judge.ts';
export { loadProcedure } from './load.ts';
export { type Actor, movesOf, type PossibleMove, readableSections, sharesOf } from './moves.ts';
export type { ActRule, Choice, Cite, Guard, ItemFilter, JointRule, Procedure } from './procedure.ts';
export {
  type CaseState,
  emptyCase,
  type Folded,
  type ItemState,
  type JudgedAct,
  type Setting,
  type Trace,
  tracesOf,
} from './state.ts';

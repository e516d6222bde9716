// The parts of the engine that are measured one by one and are no part of its public door, in one place.
export { decide } from '../../packages/assess/src/decide.ts';
export { verdictAt } from '../../packages/assess/src/fast.ts';
export { type CostedLever, leversOf } from '../../packages/assess/src/levers.ts';
export type { Comparison, Condition, Exception, Need, Pack, Rule, Test } from '../../packages/assess/src/pack.ts';
export { verdictOf } from '../../packages/assess/src/regime.ts';
export { sweeper } from '../../packages/assess/src/search.ts';
export { strictness } from '../../packages/assess/src/verdict.ts';
export { inForce } from '../../packages/assess/src/vocabulary.ts';

export { answerer } from './answerer.ts';
export { ours } from './ours.ts';
export { type Answer, type Outcome, run, type Subject } from './run.ts';
export { type Kind, readSuites, type Suite, type Vector } from './vectors.ts';

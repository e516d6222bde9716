export { askGates, type GateAnswer, type GateQuestion } from './askgates.ts';
export { compileGates, type Gates } from './compilegate.ts';
export { DESK, GATE_DECISIONS, type GateDecision, type GatePack, laxness, mayGo } from './gate.ts';
export { type GateLine, readGateQuestion, toGateLine } from './gatequestion.ts';
export { loadGate } from './loadgate.ts';
export type { GatePass, GateReason, GateStop } from './passgate.ts';

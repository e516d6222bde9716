export { askGates, type GateAnswer, type GateQuestion } from './askgates.ts';
export { compileGates, type Gates } from './compilegate.ts';
export { type DraftItem, factsOfDraft, type RequestDraft } from './draft.ts';
export { type Forecast, forecast, type Prediction } from './forecast.ts';
export type { Smaller } from './forecastchecks.ts';
export {
  DESK,
  GATE_DECISIONS,
  type GateDecision,
  type GatedProcedure,
  type GatePack,
  type GateStep,
  HANDS,
  laxness,
  mayGo,
  TOLD,
} from './gate.ts';
export { type GateLine, readGateQuestion, toGateLine } from './gatequestion.ts';
export { loadGate } from './loadgate.ts';
export type { GatePass, GateReason, GateStop } from './passgate.ts';
export { type ComparedRoute, compareRoutes } from './routes.ts';

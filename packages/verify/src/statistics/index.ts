export type { CountedCase, Instrument, Outcome } from './order.ts';
export {
  type CountRow,
  type GroundRow,
  type MeanRow,
  type OutcomeRow,
  type RemedyRow,
  type Statistics,
  type StatisticsAsk,
  statisticsOf,
} from './statistics.ts';
export { DEFINITIONS, type DefinitionKey, definitionsIn } from './words.ts';

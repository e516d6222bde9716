import type { Citation, Condition, Pack, Span } from '../pack.ts';

/** The gate that is asked on every route, first: the product's own rules of separation, keys, figures and proof. */
export const DESK = 'comity.desk';

/** What the gate of the cooperation desk may answer (comity-cooperation-facts, decisions). */
export const GATE_DECISIONS = [
  'allowed',
  'release',
  'extended',
  'release_part',
  'hold',
  'suspended',
  'return_incomplete',
  'late',
  'invalid',
  'masked',
  'expired',
  'delete_or_restrict',
  'withdraw',
  'quarantine',
  'refused',
  'blocked',
] as const;
export type GateDecision = (typeof GATE_DECISIONS)[number];

/** The answers on which the step that was asked about is taken. */
const GOES: ReadonlySet<GateDecision> = new Set(['allowed', 'release', 'extended']);

/** Whether the step may be taken as it was asked about. */
export function mayGo(decision: GateDecision): boolean {
  return GOES.has(decision);
}

/** Answers on which part of what was asked for goes on, or what was asked comes to nothing and the rest goes on. */
const IN_PART: ReadonlySet<GateDecision> = new Set(['release_part', 'late', 'masked', 'expired']);

/** How lax an answer is: 2 it goes, 1 in part or because the other side came too late, 0 it stops. For tests that ask whether less was known and more allowed. */
export function laxness(decision: GateDecision): 0 | 1 | 2 {
  return mayGo(decision) ? 2 : IN_PART.has(decision) ? 1 : 0;
}

/** What every step of a gate has. */
interface StepBase {
  readonly id: string;
  readonly cite: Citation;
  readonly says: string;
  readonly force: Span;
  readonly when: Condition;
  /** Words of the vocabulary's duties: what is to be done when this step decides, or is passed. */
  readonly tasks: readonly string[];
  /** The ground, in the list of whoever is asked, on which this step's failure would be answered. */
  readonly ground?: string;
}

/**
 * One step of a gate. `stop` fires when its condition is known to hold: a finding counts once somebody states it. `need` stops unless what
 * is needed is known to be so: what is unknown stops, and is named. `give` is an answer, taken only when its condition is known to hold.
 */
export type GateStep =
  | (StepBase & { readonly kind: 'stop'; readonly decision: GateDecision })
  | (StepBase & { readonly kind: 'need'; readonly need: Condition; readonly decision: GateDecision })
  | (StepBase & { readonly kind: 'give'; readonly decision: GateDecision; readonly final: boolean });

/** A length of time that begins with receipt. */
export interface GateClock {
  readonly due: string;
  readonly when: Condition;
  readonly cite: Citation;
}

/** Something that is to be done beside the step. */
export interface GateTask {
  readonly task: string;
  readonly when: Condition;
  /** Only with these answers; with all that go when left out. */
  readonly decisions?: readonly GateDecision[];
}

/** What is looked for in a draft beside the steps of the gate; each word is one function of the forecast. */
export const FORECAST_CHECKS = [
  'category-not-held',
  'identifier-not-accepted',
  'language-not-accepted',
  'identifier-unreadable',
  'identifier-doubtful',
  'port-missing',
  'period-missing',
  'period-reversed',
  'period-in-future',
  'period-long',
  'older-than-kept',
  'more-than-needed',
  'existence-first',
  'ends-soon',
  'dual-criminality',
] as const;
export type ForecastCheck = (typeof FORECAST_CHECKS)[number];

/** One thing for which a request like this is refused or delayed, by law or in practice. */
export interface ForecastRule {
  readonly id: string;
  readonly check: ForecastCheck;
  readonly says: string;
  readonly cite: Citation;
  /** Who would answer so. */
  readonly by: 'provider' | 'enforcing' | 'validating';
  readonly ground?: string;
  /** The number of days that the check counts with. */
  readonly days?: number;
  /** Whether an act that issues or sends such a request halts, until somebody says why it goes out all the same. */
  readonly halts: boolean;
  readonly when: Condition;
}

/** Who has a hand in a route before data come back. */
export const HANDS = [
  'drafter',
  'issuing-authority',
  'judge',
  'provider',
  'enforcing-authority',
  'central-authority-here',
  'central-authority-there',
  'executing-authority',
  'designated-authority',
  'contact-point-here',
  'contact-point-there',
  'other-party',
] as const;
export type Hand = (typeof HANDS)[number];

/** What is told to the person whose data are asked for. */
export const TOLD = ['by-issuer', 'by-national-law', 'not-before-decided'] as const;

/** One legal route, to be held beside others. */
export interface GateRoute {
  readonly instrument: string;
  readonly cite: Citation;
  readonly says: string;
  readonly hands: readonly { readonly who: Hand; readonly when: Condition }[];
  readonly told: (typeof TOLD)[number];
  /** Days after which somebody asks what became of it, where the law sets no time. */
  readonly ageing: readonly number[];
  /** It hands nothing over: it only keeps. */
  readonly preserves: boolean;
}

/** Which acts of a procedure are steps that this gate is asked about, and which say that somebody validated. */
export interface GatedProcedure {
  readonly procedure: string;
  readonly instrument: string;
  readonly issues: readonly string[];
  readonly sends: readonly string[];
  readonly validates: readonly string[];
}

/** The gate of one regime as data: ordered steps over the cooperation facts. */
export interface GatePack extends Pick<Pack, 'version' | 'vocabulary' | 'title' | 'reviewed' | 'sources' | 'regions' | 'define'> {
  /** The regime's name. */
  readonly gate: string;
  /** Legal routes on which this gate is asked; the desk's own is asked on all. */
  readonly instruments: readonly string[];
  /** Facts that report what was found: not stated is not found. They are named when nobody stated them. */
  readonly findings: readonly string[];
  readonly steps: readonly GateStep[];
  readonly clocks: readonly GateClock[];
  readonly tasks: readonly GateTask[];
  /** When the enforcing authority is to be notified; not known to be needless counts as needed. */
  readonly notify?: { readonly when: Condition; readonly cite: Citation };
  readonly forecast: readonly ForecastRule[];
  readonly routes: readonly GateRoute[];
  readonly procedures: readonly GatedProcedure[];
  /** The JSON that was loaded: what is hashed. */
  readonly json: unknown;
}

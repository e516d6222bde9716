import type { Env, Instant } from '@comity/core';
import { NOTICE_LANGUAGES, type NoticeLanguage } from '../letters/document.ts';

/** Languages in which the report of a synthetic twin is printed. */
export const REPORT_LANGUAGES = NOTICE_LANGUAGES;
export type ReportLanguage = NoticeLanguage;

/** A measured share with the interval in which the true one lies in ninety-five of a hundred cases. */
interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** An attack on people in the data beside the same on people who were not. */
export interface TriedAttack {
  readonly tries: number;
  readonly attack: Measured;
  readonly control: Measured;
  readonly beyond: Measured;
}

interface Distance {
  readonly tables: number;
  readonly mean: number;
  readonly p95: number;
  readonly greatest: number;
}

type Distances = Readonly<Record<'one' | 'two' | 'three', Distance>>;

interface Association {
  readonly mean: number;
  readonly greatest: number;
  readonly worst: readonly [number, number] | null;
}

interface Score {
  readonly accuracy: number;
  readonly area: Measured;
}

interface Crowd {
  readonly k: number | null;
  readonly unique: number;
  readonly l: number | null;
  readonly t: number | null;
}

/** Columns are numbers into the report's list of them. */
export interface ReportedJudgement {
  readonly fidelity: Distances;
  readonly floor: Distances | null;
  readonly association: Association;
  readonly associationFloor: Association | null;
  readonly propensity: { readonly ratio: number; readonly rows: number } | null;
  readonly crowds: { readonly real: Crowd; readonly synthetic: Crowd };
  readonly usefulness: readonly {
    readonly learner: 'logistic' | 'boosted';
    readonly real: Score;
    readonly synthetic: Score;
    readonly importance: {
      readonly correlation: number | null;
      readonly columns: readonly { readonly column: number; readonly real: number; readonly synthetic: number }[];
    };
  }[];
  readonly attacks: {
    readonly membership: Measured;
    readonly caught: TriedAttack;
    readonly nearest: { readonly inside: number; readonly outside: number; readonly contrast: Measured };
    readonly exact: TriedAttack;
    readonly singlingOut: TriedAttack;
    readonly linkability: TriedAttack;
    readonly inference: readonly (TriedAttack & { readonly column: number })[];
  } | null;
}

/** What a bar or a group stands for. */
export type ReportedName =
  | { readonly value: string }
  | { readonly from: string; readonly until: string }
  | { readonly only: 'other' | 'missing' | 'rare' };

/** What was promised, where it is known. */
export interface ReportedGuarantee {
  readonly epsilon: number;
  readonly delta: number;
  readonly rho: number;
  /** True minus false positives that anybody can reach at most, 0 to 1. */
  readonly advantage: number;
  readonly unit: { readonly column: string | null; readonly rows: number };
  readonly domain: 'declared' | 'bought';
  readonly dropped: readonly string[];
  /** Whether there were too many columns for all their pairs. */
  readonly wide: boolean;
  /** Digest of the plan. */
  readonly plan: string;
}

/** The report of a synthetic twin. It was computed from real rows: for whoever holds these alone. */
export interface TwinReportDocument {
  readonly env: Env;
  readonly language: ReportLanguage;
  readonly issuer: string;
  readonly reference: string;
  readonly issued: Instant;
  readonly zone: string;
  /** What the data set is called. */
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** Null where nobody has stated one. */
  readonly guarantee: ReportedGuarantee | null;
  /** The column that learners were to tell. */
  readonly label: string;
  readonly judgement: ReportedJudgement;
  /** Those that lose most first. */
  readonly groups: readonly {
    readonly column: string;
    readonly value: ReportedName;
    readonly rows: number;
    readonly real: number;
    readonly synthetic: number;
  }[];
  readonly charts: readonly {
    readonly column: string;
    readonly bars: readonly (ReportedName & { readonly real: number; readonly synthetic: number })[];
    readonly distance: number;
  }[];
  /** Real rows; seconds; bytes of memory that were in use at most. */
  readonly cost: { readonly rows: number; readonly made: number; readonly judged: number; readonly memory: number } | null;
  /** SHA-256 of the figures in canonical JSON, printed at the foot of every page. */
  readonly digest: string;
}

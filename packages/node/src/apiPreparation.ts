import type { Facts } from '@comity/core';
import type { Judgement } from '@comity/prepare/judgement';

/** A dataset that is prepared here. */
export interface DatasetView {
  readonly id: string;
  readonly name: string;
  /** Whose data these are: what is learned of them in several releases adds up. */
  readonly population: string;
  readonly person: string;
  /** Whether it was handed in here; else it stands where the catalogue names it. */
  readonly own: boolean;
  readonly format: 'csv' | 'parquet' | 'json';
  readonly bytes: number;
  readonly sha256: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly arrived: string;
  readonly expires: string;
  /** What was found in it; null while it has not been looked through. */
  readonly scan: ScanView | null;
}

/** What a scan has seen in a dataset, as facts of the law. */
export interface SeenView {
  /** When it was looked through. */
  readonly at: string;
  /** SHA-256 of the file that was. */
  readonly sha256: string;
  readonly seen: readonly { readonly fact: string; readonly value: string; readonly columns: readonly string[] }[];
  /** Facts whose card says of something that was seen that it is not there. */
  readonly against: readonly string[];
}

/** What is known of a dataset that cases may ask for: what its card states, with what a scan has seen. */
export interface DatasetCard {
  readonly dataset: string;
  readonly category: string;
  readonly facts: Facts | null;
  /** Null where no scan on this node has seen anything that leaves. */
  readonly scan: SeenView | null;
}

/** The datasets of this office, and those of its catalogue that are not prepared yet. */
export interface DatasetsView {
  readonly datasets: readonly DatasetView[];
  readonly catalogue: readonly string[];
  /** Where in buckets files may be taken from, as `s3://bucket/prefix`. */
  readonly buckets: readonly string[];
  /** What was made here and cases may ask for now, also when its dataset is forgotten. */
  readonly offers: readonly {
    readonly preparation: string;
    readonly dataset: string;
    readonly kind: string;
    readonly name: string;
    readonly until: string;
    readonly keptUntil: string;
  }[];
  /** What this person may do. */
  readonly may: { readonly prepare: boolean; readonly budget: boolean };
}

/** What was spent of the privacy budget of a population. */
export interface LedgerView {
  readonly population: string;
  readonly delta: number;
  readonly budgets: readonly { readonly epsilon: number; readonly delta: number; readonly person: string; readonly at: string }[];
  readonly debits: readonly {
    readonly preparation: string;
    readonly plan: string;
    readonly rho: number;
    readonly epsilon: number;
    readonly delta: number;
    readonly at: string;
  }[];
  /** ε of all releases together, at `delta`. */
  readonly spent: number;
  /** ε that is left; null while nobody has set a budget. */
  readonly left: number | null;
  /** The greatest advantage that all releases together can give anybody. */
  readonly advantage: number;
}

/** What a number of a column stands for: a value, a span `[from, until)`, what is not listed, empty cells, or what is too rare to be shown. */
export type Named =
  | { readonly value: string }
  | { readonly from: string; readonly until: string }
  | { readonly only: 'other' | 'missing' | 'rare' };

/** A bar of a picture: shares of all rows. */
export type BarView = Named & { readonly real: number; readonly synthetic: number };

/** What a synthesis came to. `judgement` and `charts` were computed from real rows without a budget: they stay in this office. */
export interface SynthesisReport {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly dropped: readonly string[];
  readonly method: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly rho: number;
  readonly advantage: number;
  readonly unit: { readonly column: string | null; readonly rows: number };
  readonly domain: 'declared' | 'bought';
  /** The column that learners were to tell. */
  readonly label: string;
  readonly judgement: Judgement;
  /** Groups of people, those that lose most first. */
  readonly groups: readonly {
    readonly column: string;
    readonly value: Named;
    readonly rows: number;
    readonly real: number;
    readonly synthetic: number;
  }[];
  readonly charts: readonly { readonly column: string; readonly bars: readonly BarView[]; readonly distance: number }[];
  /** Real rows; seconds to make and to judge; bytes of memory that the node has had in use at most. */
  readonly cost: { readonly rows: number; readonly made: number; readonly judged: number; readonly memory: number };
}

/** What Safe Harbor does with each column, and the answer to each of the eighteen identifiers of 45 CFR 164.514(b)(2)(i). */
export interface SafeHarborView {
  readonly columns: readonly {
    readonly name: string;
    readonly class: string | null;
    readonly why: string;
    readonly op: string;
  }[];
  readonly checklist: readonly {
    readonly letter: string;
    readonly citation: string;
    readonly state: 'absent' | 'removed' | 'generalised';
    readonly columns: readonly string[];
  }[];
}

/** One class that was found in a column. */
export interface FindingView {
  readonly class: string;
  /** Shares of the rows that are not empty, and of the different values. */
  readonly rateRows: number;
  readonly rateDistinct: number;
  readonly confidence: number;
  /** Groups of rules that values of this class fall under, e.g. `gdpr:art9`. */
  readonly regimes: readonly string[];
  readonly inText: boolean;
  readonly examples: readonly { readonly kind: string; readonly shown: string }[];
}

/** What was found in a dataset; `refused` when it could not be looked through. */
export type ScanView =
  | { readonly refused: string }
  | {
      readonly rows: number;
      readonly header: boolean;
      readonly columns: readonly {
        readonly name: string;
        readonly type: string;
        readonly nulls: number;
        readonly distinct: number;
        readonly shapes: readonly { readonly shape: string; readonly share: number }[];
        readonly classes: readonly FindingView[];
        /** What was not classified counts as identifying. */
        readonly identifying: boolean;
        readonly reason: string | null;
      }[];
    };

/** How somebody's own plan stands before it is run. */
export interface OwnPreview {
  /** Columns that would leave. */
  readonly columns: readonly string[];
  /** How easily somebody could be found by the columns that are to become coarser, as they are now; null where none is. */
  readonly now: {
    readonly rows: number;
    /** Different combinations of their values. */
    readonly classes: number;
    /** Rows of the smallest; null where there are no rows. */
    readonly smallest: number | null;
    /** Rows that nobody else looks like. */
    readonly alone: number;
    /** Rows that fewer than k look like. */
    readonly below: number;
  } | null;
}

/** How the values of a column become coarser, level by level; the last is always `*`. */
export type HierarchyView =
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'date'; readonly order: string }
  | { readonly kind: 'number'; readonly widths: readonly number[]; readonly from: number }
  | { readonly kind: 'prefix'; readonly lengths: readonly number[] }
  | { readonly kind: 'all' };

/** What somebody's own plan came to, counted in the new file. */
export interface OwnReport {
  readonly rows: number;
  readonly columns: readonly string[];
  /** Rows that stayed behind because too few look like them. */
  readonly suppressed: number;
  readonly emptied: number;
  readonly levels: readonly { readonly name: string; readonly level: number; readonly hierarchy: HierarchyView }[];
  /** Null where k was not asked for. */
  readonly risk: {
    readonly k: number | null;
    readonly classes: number;
    /** Chance to pick the row of somebody who is known to be in the data, at worst. */
    readonly highest: number;
    readonly sensitive: readonly { readonly column: string; readonly distinct: number; readonly t: number }[];
  } | null;
}

/** What a plan would let leave, before it is run. */
export type PreparePreview =
  | ({ readonly kind: 'deidentify' } & SafeHarborView)
  | ({ readonly kind: 'own' } & OwnPreview)
  | {
      readonly kind: 'minimise';
      readonly rowsTotal: number;
      readonly rowsKept: number;
      readonly rowsDropped: Readonly<Record<string, number>>;
      readonly items: readonly { readonly id: string; readonly rows: number }[];
      readonly columnsKept: readonly { readonly name: string; readonly reason: string; readonly transform: string }[];
      readonly columnsDropped: readonly { readonly name: string; readonly reason: string }[];
      readonly sample: readonly (readonly { readonly kind: string; readonly shown: string }[])[];
    };

/** What the person and the office signed when a plan was begun: Ed25519 over `comity/plan/v1`, a line feed and the canonical JSON (RFC 8785) of `body`, with keys of the directory. */
export interface SignedPlanView {
  readonly body: {
    readonly v: 1;
    readonly env: 'sandbox' | 'production';
    readonly preparation: string;
    readonly kind: string;
    /** SHA-256 of the plan's canonical JSON, and of the dataset's file. */
    readonly plan: string;
    readonly dataset: string;
    readonly population: string;
    readonly asked: string;
    readonly by: { readonly party: string; readonly person: string };
  };
  /** The person's, then the office's. */
  readonly signatures: readonly { readonly key: string; readonly signature: string }[];
}

/** One plan on one dataset. */
export interface PreparationView {
  readonly id: string;
  readonly dataset: string;
  readonly kind: string;
  readonly plan: unknown;
  readonly planDigest: string;
  /** Null for a plan from before plans were signed. */
  readonly signed: SignedPlanView | null;
  readonly person: string;
  readonly asked: string;
  readonly state: 'waiting' | 'running' | 'done' | 'refused' | 'cancelled';
  readonly share: number;
  readonly started: string | null;
  readonly ended: string | null;
  readonly refusal: {
    readonly code: string;
    readonly field?: string;
    readonly values?: Readonly<Record<string, string | number>>;
  } | null;
  readonly report: unknown;
  readonly output: { readonly size: number; readonly sha256: string } | null;
  /** Under which name, until when cases may ask for it, and until when its file stays for those that were decided on it. */
  readonly offered: {
    readonly name: string;
    readonly until: string;
    readonly withdrawn: string | null;
    readonly keptUntil: string;
  } | null;
}

/** A dataset with all that was made of it. */
export interface DatasetWork {
  readonly dataset: DatasetView;
  readonly preparations: readonly PreparationView[];
  readonly ledger: LedgerView;
  /** What the scan proposes for Safe Harbor: the class of each column that it knows; null before it was looked through. */
  readonly safeHarbor: Readonly<Record<string, { readonly class: string; readonly order: 'iso' | 'dmy' | 'mdy' }>> | null;
  readonly may: DatasetsView['may'];
}

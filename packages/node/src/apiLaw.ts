import type {
  Assessment,
  CountryVerdict,
  DecisionRecord,
  Difference,
  FactType,
  Impact,
  LibraryHit,
  LibraryPack,
  NextQuestion,
} from '@comity/assess';
import type { Day } from '@comity/core';

/** What the law says about one transfer, the record of it, and what is still to be asked. */
export interface AssessView {
  readonly assessment: Assessment;
  readonly record: DecisionRecord;
  readonly ask: readonly NextQuestion[];
}

/** The same transfer to each country. */
export interface CountriesView {
  readonly countries: readonly CountryVerdict[];
}

/** A pack by its head; `about` says which of the two bodies of law it belongs to. */
export interface LibraryHead extends Omit<LibraryPack, 'rules' | 'terms' | 'sources'> {
  readonly vocabulary: string;
  readonly about: 'transfers' | 'cooperation';
  /** First day on which it says anything. */
  readonly from: Day | null;
  readonly rules: number;
  readonly terms: number;
  readonly sources: number;
  /** Latest day on which a source was read. */
  readonly read: Day | null;
}

export type LibraryHitView = LibraryHit;

/** A version of a pack that was applied here. */
export interface PackVersion {
  readonly sha256: string;
  readonly version: number;
  readonly title: string;
  readonly current: boolean;
}

/** Two versions of a pack, by number, and what differs. */
export interface LawDiffView {
  readonly before: number;
  readonly after: number;
  readonly differences: readonly Difference[];
}

/** What a drafted pack would change: in the text of the law, and for the transfers that run here. */
export interface ImpactView extends Impact {
  readonly pack: string;
  readonly on: Day;
  readonly differences: readonly Difference[];
  /** There is no such pack yet. */
  readonly isNew: boolean;
  readonly counts: {
    readonly live: number;
    readonly unchanged: number;
    readonly stricter: number;
    readonly laxer: number;
    /** Same verdict, other duties. */
    readonly duties: number;
    /** Could go before, cannot go after. */
    readonly stopped: number;
  };
}

/** A fact as somebody is asked for it. Meanings are in the vocabulary's language, English. */
export interface FactWords {
  readonly name: string;
  readonly type: FactType;
  readonly group: string;
  readonly is: string;
  readonly lever: boolean;
  readonly promise: boolean;
  readonly values: readonly { readonly value: string; readonly is: string }[];
}

/** The words in which a transfer is described. */
export interface VocabularyView {
  readonly id: string;
  readonly facts: readonly FactWords[];
  readonly regimes: readonly string[];
  readonly countries: readonly string[];
  readonly subdivisions: readonly string[];
  readonly contradictions: readonly { readonly id: string; readonly facts: readonly string[]; readonly says: string }[];
}

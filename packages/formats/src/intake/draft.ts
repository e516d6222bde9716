import type { Identifier, Instant, Item } from '@comity/core';

/** Where in an original a value stands: a range of characters of its text, or a path into its structure. */
export type DraftPlace =
  | { readonly kind: 'text'; readonly from: number; readonly to: number }
  | { readonly kind: 'path'; readonly path: string };

/** What a person must decide of a value before it is believed. */
export const DOUBTS = ['zone-missing', 'date-ambiguous', 'checksum', 'meaning', 'unproven'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** What a draft can say of an order besides its items. `necessity` is not among them: nobody but a person writes or proposes that. */
export const DRAFT_FIELDS = [
  'reference',
  'authority',
  'instrument',
  'legal-basis',
  'issued',
  'deadline',
  'emergency',
  'approval',
  'addressee',
  'reply-to',
  'identifier',
  'time',
  'data',
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

/** One value that was found, where it stands, who says so, and what is doubtful. */
export interface DraftValue {
  readonly field: DraftField;
  /** As it stands in the original. */
  readonly value: string;
  /** What it is read as, where that can be told: a type of identifier, a category of data, an instant or a day. */
  readonly reads?: string;
  readonly place: DraftPlace;
  /** `sender`: it stood in a field of that name. `machine`: a program read it out of running text, and may be wrong. */
  readonly by: 'sender' | 'machine';
  readonly doubts: readonly Doubt[];
}

/** One item that was found. A period without a zone is not a period yet: it stands in `said`. */
export interface DraftItem {
  readonly item: Item;
  readonly identifier: Identifier;
  readonly does: 'disclose' | 'preserve';
  readonly until?: Instant;
  readonly said?: string;
  readonly place: DraftPlace;
  readonly by: DraftValue['by'];
  readonly doubts: readonly Doubt[];
}

/** What keeps a machine from reading an original whole, besides findings of the linter. */
export const OPEN_CODES = ['text-unreadable', 'html-only', 'attachment', 'too-many', 'unplaced', 'section-m'] as const;

/** What a received document seems to ask for, for a clerk to compare with the original. */
export interface ImportDraft {
  /** The text that places count in, where the original has one that can be read here. */
  readonly text?: string;
  readonly values: readonly DraftValue[];
  readonly items: readonly DraftItem[];
  /** Findings of the linter that are for a person, or what could not be read: code and place. */
  readonly open: readonly { readonly code: string; readonly path: string }[];
  /** Whether the text of the original could be read here; if not, the clerk types beside it. */
  readonly readable: boolean;
}

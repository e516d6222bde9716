import type { DataCategory, Day, Identifier, Instant, Period } from '@comity/core';

/**
 * The forms of Regulation (EU) 2023/1543 as data, section by section with the letters of the annexes. Introduction, section A and the beginning of section B of Annex I were read on 2026-11-26 (in a
 * secondary copy, as was the introduction of Annex II); the rest of the leaf fields is from memory, and to be compared with the Official Journal before anybody relies on it. The words that are printed
 * are our own.
 */

/** Whether an authority may act alone, art. 4. */
export const AUTHORITY_TYPES = ['judge', 'prosecutor', 'other'] as const;
export type AuthorityType = (typeof AUTHORITY_TYPES)[number];

/** An authority with whom signs for it, sections I and J. */
export interface FormAuthority {
  readonly type: AuthorityType;
  readonly name: string;
  readonly representative: string;
  readonly post: string;
  readonly reference: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  /** ISO 639-1. */
  readonly languages: readonly string[];
  readonly signedOn: Day;
}

/** Section A: who asks, and under which numbers. */
export interface SectionA {
  readonly state: string;
  readonly issuing: string;
  readonly validating?: string;
  readonly issuingFile: string;
  readonly validatingFile?: string;
}

export const ADDRESSEE_KINDS = ['designated-establishment', 'legal-representative', 'other-in-emergency'] as const;

/** Section B: whom it goes to. Another establishment or representative only in an emergency, and why, art. 7(2). */
export interface SectionB {
  readonly addressee: string;
  readonly kind: (typeof ADDRESSEE_KINDS)[number];
  readonly because?: 'no-reaction' | 'not-appointed';
  readonly address: string;
  readonly contact?: string;
  /** The provider concerned, where it is another. */
  readonly provider?: string;
  /** Country and number under which the decentralised system knows it. */
  readonly technicalId?: { readonly country: string; readonly id: string };
}

export const DEADLINE_TICKS = ['as-soon-as-possible', 'end-of-ten-days', 'threat-to-life', 'threat-to-infrastructure'] as const;
export type DeadlineTick = (typeof DEADLINE_TICKS)[number];

/** Section C: by when, and for an emergency why. */
export interface SectionC {
  readonly ticks: readonly DeadlineTick[];
  readonly reasons?: string;
  readonly procedural: readonly { readonly what: string; readonly at: Instant }[];
}

/** Section D: an earlier preservation or order. */
export interface SectionD {
  readonly kind: 'preservation' | 'production' | 'other';
  readonly reference: string;
  readonly on: Day;
  readonly addressee?: string;
}

export const SUBSCRIBER_OPTIONS = [
  'user-information',
  'registration',
  'type-of-service',
  'profile',
  'validation-of-use',
  'payment-card',
  'puk-codes',
  'other',
] as const;
export type SubscriberOption = (typeof SUBSCRIBER_OPTIONS)[number];

/** Sections E and F: one identifier, and one tier of data about it. What is written freely goes to a person, never away. */
export interface FormItem {
  readonly id: string;
  readonly identifier: Identifier;
  readonly category: Exclude<DataCategory, 'records'>;
  readonly options: readonly SubscriberOption[];
  readonly other?: string;
  readonly period?: Period;
  readonly zone?: string;
}

/** Section G: the conditions, arts 5 and 6. */
export interface SectionG {
  readonly proceedings: 'criminal' | 'sentence';
  readonly offence: string;
  readonly statute: string;
  readonly maxPenaltyYears?: number;
  /** A category of Annex IV, where the issuer names one, art. 12(1)(d). */
  readonly category?: string;
  readonly addressedAs: 'controller' | 'processor';
  /** Why the processor, art. 5(6). */
  readonly processorReason?: string;
  readonly forPublicAuthority: boolean;
  readonly forProfessionalSecrecy: boolean;
}

/** Section H: whether the user is told later, and why, art. 13(2). */
export interface SectionH {
  readonly delayed: boolean;
  readonly reasons?: string;
}

/** Section K: the enforcing authority that is notified, art. 8. */
export interface SectionK {
  readonly state: string;
  readonly name: string;
  readonly contact: string;
}

/** Section L: to whom the data go. */
export interface SectionL {
  readonly to: 'issuing' | 'validating' | 'other';
  readonly name: string;
  readonly contact: string;
  readonly format: string;
}

/** Section M: why it is necessary and proportionate, and what the case is. Never for the provider: arts 5(5)(i)-(j), 9(2). */
export interface SectionM {
  readonly necessity: string;
  readonly summary: string;
}

/** Form 1, Annex I: a European Production Order Certificate. */
export interface ProductionForm {
  readonly form: 1;
  readonly a: SectionA;
  readonly b: SectionB;
  readonly c: SectionC;
  readonly d?: SectionD;
  readonly items: readonly FormItem[];
  readonly g: SectionG;
  readonly h: SectionH;
  readonly i: FormAuthority & { readonly withoutValidation: boolean };
  readonly j?: FormAuthority;
  readonly k?: SectionK;
  readonly l: SectionL;
  readonly m?: SectionM;
}

/** Form 2, Annex II: a European Preservation Order Certificate. Letters: A, B, C and D the data, E conditions, F issuing, G validating authority. */
export interface PreservationForm {
  readonly form: 2;
  readonly a: SectionA;
  readonly b: SectionB;
  readonly items: readonly FormItem[];
  readonly e: Omit<SectionG, 'category' | 'addressedAs' | 'processorReason' | 'forProfessionalSecrecy'>;
  readonly f: FormAuthority & { readonly withoutValidation: boolean };
  readonly g?: FormAuthority;
  /** Reasons for an emergency, where it was issued without validation. */
  readonly reasons?: string;
}

/** Why a provider does not execute, Annex III section D, per identifier. */
export const OBSTACLES = [
  'incomplete',
  'manifest-error',
  'insufficient-information',
  'not-stored',
  'impossible',
  'not-competent',
  'immunity-or-press',
  'third-country',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** Form 3, Annex III: what stands in the way. Letters: A certificate, B authorities, C addressee, D reasons, E conflicting law, F what is asked back, G preservation, H contact. */
export interface ObstacleForm {
  readonly form: 3;
  readonly a: { readonly certificate: 'EPOC' | 'EPOC-PR'; readonly reference: string };
  readonly b: { readonly issuing: string; readonly enforcing?: string };
  readonly c: { readonly addressee: string; readonly received: Instant };
  readonly d: readonly { readonly item: string; readonly reasons: readonly Obstacle[]; readonly words: string }[];
  readonly e?: { readonly law: string; readonly applies: string; readonly conflict: string };
  readonly f?: string;
  readonly g: readonly { readonly item: string; readonly preserved: boolean; readonly words: string }[];
  readonly h: { readonly name: string; readonly contact: string; readonly on: Day };
}

/** Forms 5 and 6, Annexes V and VI: a production request follows the preservation; the preservation goes on for 30 days more. */
export interface FollowingForm {
  readonly form: 5 | 6;
  readonly issuing: string;
  readonly reference: string;
  readonly addressee: string;
  readonly preservedSince: Instant;
  /** Form 5: reference of the request for production, and when it was issued. */
  readonly production?: { readonly reference: string; readonly on: Day };
  readonly by: { readonly name: string; readonly contact: string; readonly on: Day };
}

export type EpocForm = ProductionForm | PreservationForm | ObstacleForm | FollowingForm;

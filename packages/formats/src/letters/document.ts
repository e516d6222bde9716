import type { DataCategory, Day, Env, Identifier, Instant, Period } from '@comity/core';

/** Languages in which a person can be told; drafts that nobody has reviewed. */
export const NOTICE_LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'ru', 'zh', 'hi', 'sw', 'ur'] as const;
export type NoticeLanguage = (typeof NOTICE_LANGUAGES)[number];

/** What a person is told (Reg. (EU) 2023/1543 art. 13, Dir. (EU) 2016/680 art. 13): who asked whom for what, when, and what the person can do. */
export interface NoticeDocument {
  readonly v: 1;
  readonly env: Env;
  readonly language: NoticeLanguage;
  readonly person: { readonly name: string; readonly address?: string };
  readonly authority: string;
  readonly reference: string;
  readonly holder: string;
  readonly ordered: Day;
  readonly basis: string;
  /** Wall clock on which periods are shown besides UTC. */
  readonly zone: string;
  readonly data: readonly {
    readonly category: Exclude<DataCategory, 'records'>;
    readonly identifier: string;
    readonly period?: Period;
  }[];
  readonly state: 'delivered' | 'refused' | 'open';
  /** Why the person learns of it only now. */
  readonly delay?: string;
  readonly remedies: { readonly court: string; readonly limit: string; readonly how: string };
  readonly contact: string;
  /** Where the code can be looked up. */
  readonly check: string;
  readonly issued: Instant;
  /** 16 random bytes, hexadecimal: without them somebody who guesses the letter could guess its digest. */
  readonly nonce: string;
}

/** Hexadecimal digits of the code: 80 bits, which nobody guesses. */
export const NOTICE_CODE_DIGITS = 20;

/** The code of a notice as it is printed: in groups of four. */
export function noticeCode(digest: string): string {
  return digest.slice(0, NOTICE_CODE_DIGITS).replaceAll(/(.{4})(?!$)/g, '$1-');
}

/** A request for mutual legal assistance. What it must say follows UNTOC art. 18(15) and UNCAC art. 46(15), from memory, and is to be compared with the treaty that it rests on. */
export interface MlaDocument {
  readonly v: 1;
  readonly env: Env;
  readonly reference: string;
  readonly issued: Instant;
  readonly zone: string;
  readonly requesting: string;
  readonly centralOut: string;
  readonly centralIn: string;
  readonly executing?: string;
  readonly treaty?: string;
  readonly reciprocity?: string;
  readonly dualCriminality?: string;
  readonly subject: string;
  readonly facts: string;
  readonly offence: string;
  readonly maxPenaltyYears?: number;
  readonly persons?: string;
  readonly purpose: string;
  readonly necessity: string;
  readonly procedure?: string;
  readonly use?: string;
  readonly confidential?: string;
  readonly urgency?: string;
  readonly costs?: string;
  readonly language?: string;
  readonly deathPenaltyPossible: boolean;
  readonly assurances?: string;
  readonly contact?: string;
  readonly items: readonly {
    readonly id: string;
    readonly identifier: Identifier;
    readonly category: DataCategory;
    readonly period?: Period;
  }[];
  readonly annexes: readonly { readonly title: string; readonly sha256: string }[];
  /** Digest of the structured request, printed at the foot of every page. */
  readonly digest: string;
}

/** What a request must say and does not yet. */
export const MLA_GAPS = [
  'requesting',
  'central',
  'treaty',
  'subject',
  'facts',
  'offence',
  'items',
  'purpose',
  'necessity',
  'assurances',
  'language',
] as const;
export type MlaGap = (typeof MLA_GAPS)[number];

import type { ComparedRoute, Forecast } from '@comity/assess';
import type { Item, JsonObject, Refusal, ServiceCard } from '@comity/core';
import type { Clock, Copy, Duty, ItemState } from '@comity/procedure';
import type { JointView } from './apiJoint.ts';
import type { ComplaintView, QueryView } from './apiQueries.ts';

export type * from './apiCourier.ts';
export type * from './apiCustody.ts';
export type * from './apiImports.ts';
export type * from './apiJoint.ts';
export type * from './apiLaw.ts';
export type * from './apiOversight.ts';
export type * from './apiPreparation.ts';
export type * from './apiQueries.ts';
export type * from './apiTests.ts';

/** What the API answers, for pages and other clients. Types only: this is the one door that web uses. */

/** An error as RFC 9457 writes it; `code` finds the words in the catalogues. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly field?: string;
  readonly values?: Refusal['values'];
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface PartyView {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly zone: string;
  readonly kind: string;
  readonly powers: readonly { readonly procedure: string; readonly seat: string }[];
  /** How it is asked for data, if it says so. */
  readonly card?: ServiceCard;
}

/** What the act that opens a case asks for. */
export interface OpeningView {
  readonly procedure: string;
  readonly act: string;
  /** The seat of whoever opens it. */
  readonly seat: string;
  readonly seats: readonly { readonly seat: string; readonly required: boolean }[];
  /** Whether the act names its own seat too. */
  readonly assignsOwn: boolean;
  readonly categories: readonly string[];
  readonly identifierTypes: readonly string[];
  /** Members of the act's data with their kind, or the words that each may be. */
  readonly carries: Readonly<Record<string, string | readonly string[]>>;
  readonly mayCarry: Readonly<Record<string, string | readonly string[]>>;
  readonly sections: readonly { readonly name: string; readonly readers: readonly string[]; readonly required: boolean }[];
  readonly cite?: { readonly ref: string; readonly url?: string };
  /** How the gate is asked about it. */
  readonly gate?: { readonly instrument: string; readonly issuerKind?: string; readonly validatedBy?: string };
}

/** The gates' answer about a draft, what is foretold of it, and every route beside it. */
export interface GateView {
  readonly forecast: Forecast;
  readonly routes: readonly ComparedRoute[];
}

export interface SessionView {
  readonly env: 'sandbox' | 'production';
  readonly party: PartyView;
  /** Absent when nobody is signed in. */
  readonly person?: PersonView;
  /** In the sandbox only: who may be signed in as with one click. */
  readonly people: readonly PersonView[];
  readonly lobby?: string;
  readonly now: string;
}

/** One line of the desk: a case, ordered by its most urgent clock. */
export interface DeskRow {
  readonly id: string;
  readonly procedure: string;
  readonly tracks: Readonly<Record<string, string>>;
  readonly parties: Readonly<Record<string, string>>;
  readonly items: number;
  readonly opened: string;
  readonly updated: string;
  /** Open duties, the most urgent first. */
  readonly duties: readonly Duty[];
  /** Whether the first duty is ours. */
  readonly ours: boolean;
  readonly closed: boolean;
  /** The law that it was opened under is no longer in force: nothing new begins under it. */
  readonly expired: boolean;
}

/** Another case that stands in the acts of this one, or in whose acts this one stands. */
export interface CaseLink {
  readonly case: string;
  /** The member of the act's data that says so: `follows`, `team`. */
  readonly member: string;
  /** Whether this case names the other one. */
  readonly names: boolean;
  /** The other one, where it is here. */
  readonly row?: DeskRow;
}

export interface DeskView {
  /** One page, in the desk's order: ours before others', the most urgent clock first, closed ones last. */
  readonly rows: readonly DeskRow[];
  /** Which page it is, from 0 on, and how many rows a full one has. */
  readonly page: number;
  readonly size: number;
  /** How many rows fit what was asked for. */
  readonly total: number;
  /** How many of each side do, whichever side was asked for. */
  readonly counts: { readonly ours: number; readonly theirs: number; readonly closed: number };
  /** The procedures and seats that this office has cases in. */
  readonly kinds: readonly { readonly procedure: string; readonly seat: string }[];
  readonly quarantined: number;
  /** Documents from outside that nobody has decided on yet; null for people who do not work with them. */
  readonly imports: number | null;
  /** Procedures that this person may open a case under, with the first act. */
  readonly opens: readonly {
    readonly procedure: string;
    readonly act: string;
    readonly seats: readonly string[];
    /** What may be in danger where it asks in an emergency; empty where it knows none. */
    readonly dangers: readonly string[];
    /** What the act must say, and what is written. */
    readonly carries: MoveView['carries'];
    readonly sections: readonly string[];
    readonly required: readonly string[];
  }[];
}

/** One act in the timeline. */
export interface ActView {
  readonly digest: string;
  readonly type: string;
  readonly at: string;
  readonly party: string;
  readonly person: string;
  readonly role: string;
  readonly seat: string;
  readonly data: JsonObject;
  readonly verdict: 'counted' | 'void' | 'waiting';
  readonly refusal?: Refusal;
  /** Sections we may read. */
  readonly sections: JsonObject;
  /** Sections that are there but are not for us, or were erased. */
  readonly withheld: readonly string[];
  readonly cite?: { readonly ref: string; readonly url?: string };
  /** Index of its entry in our log. */
  readonly logIndex: string | null;
  /** The year whose log that is. */
  readonly logYear: number | null;
  /** To whom it went, and when their application took it. */
  readonly sent: readonly { readonly party: string; readonly delivered: string | null }[];
}

export interface MoveView {
  readonly type: string;
  readonly role: string;
  readonly refusal?: Refusal;
  readonly items: readonly { readonly item: string; readonly choices: readonly string[] }[];
  readonly choices: Readonly<Record<string, { readonly grounds: readonly string[]; readonly carries: readonly string[] }>>;
  readonly complete: boolean;
  readonly sections: readonly string[];
  readonly required: readonly string[];
  /** Members of the act's data with their kind, or the words that each may be. */
  readonly carries: Readonly<Record<string, string | readonly string[]>>;
  /** Members that it may have besides. */
  readonly mayCarry: Readonly<Record<string, string | readonly string[]>>;
  readonly assigns: readonly string[];
  /** Whoever opens a delivery by this move may keep what was in it as files. */
  readonly download: boolean;
  readonly cite?: { readonly ref: string; readonly url?: string };
}

export interface ItemView extends ItemState {
  readonly item: Item;
  /** The identifier behind the item, if its section is for us. */
  readonly identifier?: { readonly type: string; readonly value: string };
  /** Present where what was delivered of it is opened by several together. */
  readonly joint?: JointView;
  readonly payload?: {
    readonly side: 'sent' | 'received';
    readonly state: string;
    readonly size: number;
    readonly ciphertext: string;
  };
}

export interface CaseView {
  readonly id: string;
  readonly procedure: {
    readonly id: string;
    readonly version: number;
    readonly sha256: string;
    readonly instrument: string;
    readonly reviewed: boolean;
  };
  readonly seats: Readonly<Record<string, string>>;
  readonly parties: readonly PartyView[];
  readonly tracks: Readonly<Record<string, string>>;
  readonly items: readonly ItemView[];
  readonly acts: readonly ActView[];
  readonly duties: readonly Duty[];
  readonly clocks: readonly Clock[];
  readonly moves: readonly MoveView[];
  readonly readers: Readonly<Record<string, readonly string[]>>;
  /** Who holds a copy of what, and what becomes of it. */
  readonly copies: readonly Copy[];
  /** Who looked into the case (`item` null) or opened a payload of it, why, and where that stands in the log. */
  readonly reads: readonly {
    readonly person: string;
    readonly purpose: string;
    readonly at: string;
    readonly item: string | null;
    readonly index: string | null;
  }[];
  /** What persons who were told complain of. */
  readonly complaints: readonly ComplaintView[];
  /** How people here looked into what they had opened, and why. */
  readonly queries: readonly QueryView[];
  readonly opened: string;
  readonly updated: string;
}

/** The preview before anything is sealed; see `Preview` of @comity/prepare. */
export interface PreviewView {
  readonly item: string;
  readonly dataset: string;
  readonly planDigest: string;
  readonly previewDigest: string;
  readonly rowsTotal: number;
  readonly rowsKept: number;
  readonly rowsDropped: Readonly<Record<string, number>>;
  readonly columnsKept: readonly { readonly name: string; readonly reason: string; readonly transform: string }[];
  readonly columnsDropped: readonly { readonly name: string; readonly reason: string }[];
  readonly sample: readonly (readonly unknown[])[];
}

/** What the browser needs to open a sealed payload itself. */
export interface UnsealingView {
  /** SHA-256 of the sealed file as it was announced. */
  readonly ciphertext: string;
  /** SHA-256 and length of the sealed file as it is now: another, where its header was made anew for a later key of the office. */
  readonly sealed: string;
  readonly size: number;
  readonly manifest: JsonObject;
  readonly plaintextSalt: string;
  /** The office's age identity, protected by its passphrase. */
  readonly identity: string;
  /** Public keys with which the sender signs evidence containers, as the directory lists them: base64url of SubjectPublicKeyInfo. */
  readonly evidenceKeys: readonly string[];
  /** Whom it may be passed on to, by the client's latest permission; absent where there is none. */
  readonly onward?: { readonly party: string; readonly name: string; readonly recipient: string };
}

/** A sealed file that is being handed in. */
export interface UploadView {
  readonly id: string;
  readonly case: string;
  readonly item: string;
  readonly size: number;
  readonly sha256: string;
  /** How many bytes are here; the next ones begin there. */
  readonly offset: number;
  readonly state: 'open' | 'whole';
  readonly expires: string;
}

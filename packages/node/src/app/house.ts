import type { Gates, Law } from '@comity/assess';
import type { Directory, Env, Facts, Instant, Party, SignedDirectory } from '@comity/core';
import type { Stamp } from '@comity/formats/container';
import type { Catalogue } from '@comity/prepare';
import type { Procedure, Setting } from '@comity/procedure';
import type { Policy } from '@comity/prove';
import type { EvidenceSealer } from '../keys/evidence.ts';
import type { ForeignAuthority, ForeignClock } from '../keys/foreign.ts';
import type { Keystore } from '../keys/keystore.ts';
import type { Signers } from '../keys/signers.ts';
import type { SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import type { TileFiles } from '../store/tileFiles.ts';
import type { SealedVault } from '../vault/apart.ts';
import type { Buckets } from '../vault/buckets.ts';
import type { DatasetFiles } from '../vault/datasetFiles.ts';
import type { Partials } from '../vault/partial.ts';
import type { PlacedActs, SeenPlace } from './places.ts';

/** Somebody who works here. Names stay in the node; others see the pseudonym `id`. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** A procedure with the exact text it was loaded from. */
export interface LoadedProcedure {
  readonly procedure: Procedure;
  readonly sha256: string;
  readonly text: string;
}

/** The law that this node applies: procedures by id, and the packs with which transfers are assessed. */
export interface LoadedLaw {
  readonly procedures: ReadonlyMap<string, LoadedProcedure>;
  /** Every procedure that was ever applied here, by digest. */
  readonly archive: ReadonlyMap<string, LoadedProcedure>;
  /** The law of transfers. */
  readonly assess: Law;
  /** The law of requests between authorities and providers, in its own vocabulary. */
  readonly cooperation: Law;
  /** The gates of the cooperation desk: who may order what, and what may be done next. */
  readonly gates: Gates;
  /** Canonical text of every pack and vocabulary that was ever applied here, by digest, for case files. */
  readonly texts: ReadonlyMap<string, string>;
  /** Digests of today's packs and vocabulary. */
  readonly current: ReadonlySet<string>;
}

/** Work that is owed, put into the queue in the same transaction as what makes it owed. */
export interface Jobs {
  readonly deliver: (tx: Tx, party: string) => Promise<void>;
  readonly fetch: (tx: Tx, ciphertext: string) => Promise<void>;
  /** Pushes what was released to a foreign system. */
  readonly hi1: (tx: Tx, authority: string) => Promise<void>;
  /** Looks what is in a dataset. */
  readonly scan: (tx: Tx, dataset: string) => Promise<void>;
  /** Runs a plan on a dataset. */
  readonly prepare: (tx: Tx, preparation: string) => Promise<void>;
  /** Looks at this party's copies of a case at a time. */
  readonly custody: (tx: Tx, job: { readonly case: string; readonly at: Instant }) => Promise<void>;
  readonly clock: (
    tx: Tx,
    job: { readonly case: string; readonly clock: string; readonly kind: 'strict' | 'formal'; readonly at: Instant },
  ) => Promise<void>;
}

/** Bytes of a payload, from one on to its end. */
export interface GivenBytes {
  readonly from: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** How this node reaches another one. */
export interface Peers {
  /** Sends a signed, sealed message; the receipt is the application's. */
  readonly send: (to: Party, message: OutgoingMessage) => Promise<SentMessage>;
  /** Asks a sender for a payload from a byte on. It may give the whole instead: `from` says where what it gives begins. */
  readonly fetchPayload: (sender: Party, ask: { readonly ciphertext: string; readonly from: number }) => Promise<GivenBytes>;
  /** Asks whoever keeps a jointly sealed file for its header; undefined when it is not given. */
  readonly fetchHeader: (from: Party, ciphertext: string) => Promise<Uint8Array | undefined>;
  readonly fetchProofs: (from: Party, caseId: string) => Promise<unknown>;
  /** A bundle of entries of a party's log of a year, for its overseer; undefined when it is not given. */
  readonly fetchBundle: (
    from: Party,
    bundle: { readonly year: string; readonly index: bigint; readonly width: number },
  ) => Promise<Uint8Array | undefined>;
  /** A public tile, by its path below `/public/log`. */
  readonly fetchTile: (from: Party, path: string) => Promise<Uint8Array | undefined>;
  /** What an overseer's copy of our own log holds, by a path below `/peer/mirror`; `what` is the hash of its origin. */
  readonly fetchMirrored: (from: Party, ask: { readonly what: string; readonly path: string }) => Promise<Uint8Array | undefined>;
  /** Posts a message of TS 103 120 to a foreign system. Undefined when it cannot be reached, or answers with too much. */
  readonly postForeign: (
    url: string,
    body: string,
  ) => Promise<{ readonly status: number; readonly body: Uint8Array } | undefined>;
  /** Asks a witness; with a body it is posted to. Undefined when it cannot be reached. */
  readonly askWitness: (url: string, body?: string) => Promise<{ readonly status: number; readonly body: string } | undefined>;
}

export interface OutgoingMessage {
  readonly id: string;
  readonly case: string;
  readonly acts: readonly unknown[];
  /** Where our own acts among them stand in our log. */
  readonly log: PlacedActs;
}

export interface SentMessage {
  readonly receipt: string;
  /** Where the receiver's log was shown to hold the acts, by digest. */
  readonly seen: ReadonlyMap<string, SeenPlace>;
}

/** Who must have cosigned this node's checkpoints. */
export interface Witnesses {
  readonly policy: Policy;
  /** Shows the present head to the witnesses now, and waits until they have answered, at most so many milliseconds. */
  readonly confirm: (within: number) => Promise<void>;
}

/** What a holder knows about a candidate partner before it is asked: facts for the assessment, with their names as in the vocabulary. */
export type FactCards = Readonly<Record<string, Facts>>;

/** One organisation's node: everything that the verbs in this folder need, handed in by main. */
export interface House {
  readonly env: Env;
  readonly party: Party;
  readonly directory: Directory;
  readonly signedDirectory: SignedDirectory;
  readonly directoryKey: string;
  readonly people: readonly Person[];
  readonly law: LoadedLaw;
  readonly db: Database;
  readonly log: Log;
  /** Public tiles as files. */
  readonly tiles: TileFiles;
  /** Origin of this party's log of a year. */
  readonly logOrigin: (year: number) => string;
  readonly witnesses: Witnesses;
  /** For how long transfers may begin without a quorum of witnesses, in milliseconds. */
  readonly unwitnessedLimit: number;
  readonly signers: Signers;
  /** Signs evidence containers: with the key that holds when they are made. */
  readonly evidence: EvidenceSealer;
  /** Where time stamps for them are asked for. */
  readonly stamp?: Stamp;
  readonly keystore: Keystore;
  /** Keys under which personal data of cases lie in the database. */
  readonly subjects: SubjectKeys;
  readonly vault: SealedVault;
  /** Sealed files that have come in part. */
  readonly partials: Partials;
  /** Files that are prepared here, and what was made of them. */
  readonly datasets: DatasetFiles;
  /** Where else its own data lie. */
  readonly buckets: Buckets;
  /** The suite that is sealed with; the current one when left out. */
  readonly suite?: string;
  readonly jobs: Jobs;
  readonly peers: Peers;
  readonly catalogue: Catalogue;
  /** Three-digit ZIP areas of 20,000 people or fewer, 45 CFR 164.514(b)(2)(i)(B); without the list no ZIP code leaves. */
  readonly restrictedZip3: readonly string[] | undefined;
  readonly factCards: FactCards;
  /** Offices whose post is carried by hand. */
  readonly byFile: readonly string[];
  /** Authorities without a node of their own that this organisation knows. */
  readonly foreign: readonly ForeignAuthority[];
  /** How far the time that a message of theirs states may lie from ours, in milliseconds. */
  readonly foreignClock: ForeignClock;
  readonly now: () => Instant;
  readonly random: (count: number) => Uint8Array;
}

/** The procedure of a case with the calendars of its parties. */
export function settingOf(house: House, procedure: Procedure): Setting {
  return {
    procedure,
    calendarOf: (id) => {
      const party = house.directory.parties.find((candidate) => candidate.id === id);
      const holidays = party === undefined ? undefined : procedure.holidays[party.country];
      return { zone: party?.zone ?? 'UTC', holidays: holidays ?? [], holidaysKnown: holidays !== undefined };
    },
  };
}

/** The pseudonym under which a node itself makes acts: receipts, arrivals. */
export const NODE_PERSON = 'node';

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Act,
  type ActBody,
  actBytes,
  actDigest,
  commitment,
  digestJson,
  directoryBytes,
  type Json,
  type JsonObject,
  type Opening,
  type Party,
  type SignedDirectory,
  toBase64Url,
  toInstant,
  utf8,
  uuid7,
} from '@comity/core';
import { fold, loadProcedure } from '@comity/procedure';
import { formatVerifierKey, type LogEntry } from '@comity/prove';
import type { CaseFile, FiledReceipt } from '../casefile.ts';
import type { Trust } from '../trust.ts';
import { bytesFrom, functions, mlDsaSignerOf, signerOf } from './keys.ts';
import { type Extracting, extractOf, logHands, logOriginOf, provenPlace, shownPlace, witnessHand } from './log.ts';

const START = Date.parse('2026-11-02T09:00:00.000Z');
const PACKS = resolve(import.meta.dirname, '../../../../law/packs');

/** A compiled pack of the repository. */
export function readPack(id: string): JsonObject {
  return JSON.parse(readFileSync(resolve(PACKS, `${id}.json`), 'utf8'));
}

export const CASE = '01a20000-0000-7000-8000-000000000001';
export const TRUST: Trust = { v: 1, env: 'sandbox', directoryKey: signerOf('keeper').public };
const SEATS: Readonly<Record<string, string>> = { hospital: 'client', vendor: 'vendor', stranger: 'vendor' };
const PEOPLE: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  hospital: [
    ['owner', ['project_owner']],
    ['counsel', ['counsel']],
    ['engineer', ['data_engineer']],
    ['node', ['node']],
  ],
  vendor: [
    ['manager', ['vendor_manager']],
    ['node', ['node']],
  ],
  stranger: [['clerk', ['vendor_manager']]],
  authority: [['judge', ['overseer']]],
};

/** What somebody makes in a test: an act, and how it is logged. */
export interface Draft {
  readonly party: string;
  readonly person: string;
  readonly role: string;
  readonly type: string;
  readonly data?: JsonObject;
  readonly sections?: Readonly<Record<string, Json>>;
  readonly prev?: readonly string[];
  readonly at?: string;
  /** False: the maker leaves it out of its log. */
  readonly logged?: boolean;
  /** False: it is not sent on. */
  readonly shared?: boolean;
  /** The salt of every section; a fresh one each where it is left out. */
  readonly salt?: string;
  /** Why its maker's log should not have had to take it. */
  readonly marks?: NonNullable<LogEntry['marks']>;
  /** Changes the body before it is signed. */
  readonly body?: (body: ActBody) => ActBody;
}

/** Two organisations with keys, logs and a case, in which anything can be done, right or wrong. */
export class World {
  readonly acts: Act[] = [];
  readonly logs = new Map<string, LogEntry[]>([
    ['hospital', []],
    ['vendor', []],
  ]);
  readonly receipts: FiledReceipt[] = [];
  readonly law: Record<string, Json> = {};
  procedure = readPack('outsourcing.engagement');
  now = START;
  heads: readonly string[] = [];

  /** A minute passes with every step. */
  tick(minutes = 1): string {
    this.now += minutes * 60_000;
    return toInstant(this.now);
  }

  /** Makes, signs, logs and sends an act; gives its digest. */
  act(draft: Draft): string {
    const act = this.sign(draft);
    const digest = digestOf(act.body);
    this.acts.push(act);
    const marks = draft.marks === undefined ? {} : { marks: draft.marks };
    if (draft.logged !== false)
      this.log(draft.party, `act.${draft.type}`, { act: digest, at: act.body.at, role: draft.role, ...marks });
    if (draft.shared !== false) this.receive(draft.party === 'hospital' ? 'vendor' : 'hospital', act);
    this.heads = [digest];
    return digest;
  }

  /** Signs an act without logging it. */
  sign(draft: Draft): Act {
    const openings = Object.fromEntries(
      Object.entries(draft.sections ?? {}).map(([name, value]): [string, Opening] => [
        name,
        { salt: draft.salt ?? toBase64Url(bytesFrom(`${draft.type}/${name}/${this.acts.length}`)), value },
      ]),
    );
    const at = draft.at ?? this.tick();
    const made: ActBody = {
      v: 1,
      env: 'sandbox',
      id: uuid7(Date.parse(at), bytesFrom(`${draft.type}${this.acts.length}`, 10)),
      case: CASE,
      procedure: {
        id: 'outsourcing.engagement',
        version: Number(this.procedure['version']),
        sha256: digestJson(this.procedure, functions.sha256),
      },
      type: draft.type,
      by: { party: draft.party, person: draft.person, role: draft.role, seat: SEATS[draft.party] ?? '' },
      at,
      prev: draft.prev ?? this.heads,
      data: draft.data ?? {},
      sections: Object.fromEntries(
        Object.entries(openings).map(([name, opening]) => [name, commitment(name, opening, functions.sha256)]),
      ),
    };
    const body = draft.body?.(made) ?? made;
    return { body, signatures: signaturesOf(body), openings };
  }

  /** Notes in a party's log that an act arrived and where it stands in its maker's, gives the sender its receipt, which the sender notes. */
  receive(party: string, act: Act): void {
    const digest = digestOf(act.body);
    const at = this.tick(0.01);
    const sender = act.body.by.party;
    const { type } = act.body;
    const made = this.entriesOf(sender).findIndex((entry) => entry.act === digest && entry.t === `act.${type}`);
    const shown = made < 0 ? {} : shownPlace(sender, this.entriesOf(sender), made);
    this.log(party, `received.${type}`, { act: digest, at, role: 'node', ...shown });
    const place = this.entriesOf(party).length - 1;
    const told = { digest, verdict: this.verdictOn(digest), ...provenPlace(party, this.entriesOf(party), place) };
    if (party === 'vendor') this.receipts.push({ party, act: digest, receipt: receiptOf(party, { at, acts: [told] }) });
    this.log(sender, `receipted.${type}`, {
      ...{ act: digest, at: this.tick(0.01), role: 'node' },
      ...shownPlace(party, this.entriesOf(party), place),
    });
  }

  entriesOf(party: string): readonly LogEntry[] {
    return this.logs.get(party) ?? [];
  }

  /** How an honest receiver judges an act. */
  verdictOn(digest: string): string {
    const loaded = loadProcedure(this.procedure);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
    const calendarOf = () => ({ zone: 'America/New_York', holidays: [], holidaysKnown: false });
    const { acts } = fold(
      { procedure: loaded.value, calendarOf },
      this.acts.map(({ body }) => body),
      functions.sha256,
    );
    return acts.find((act) => act.digest === digest)?.verdict ?? 'waiting';
  }

  /** Appends an entry to a party's log. */
  log(party: string, t: string, about: Partial<LogEntry>): void {
    const entries = this.logs.get(party) ?? [];
    this.logs.set(party, [
      ...entries,
      entryOf(party, t, { ...about, nonce: toBase64Url(bytesFrom(`${party}${t}${entries.length}`)) }),
    ]);
  }

  /** The case file as a party would hand it out, with an extract made otherwise where that is asked for. */
  async file(madeBy = 'hospital', how: Readonly<Record<string, Extracting>> = {}): Promise<CaseFile> {
    return {
      format: 'comity-case',
      v: 2,
      env: 'sandbox',
      case: CASE,
      madeBy,
      madeAt: this.tick(),
      directory: directoryOf(),
      procedure: this.procedure,
      law: this.law,
      acts: this.acts,
      logs: [...this.logs].map(([party, entries]) => extractOf(party, entries, how[party])),
      logsAbsent: [],
      receipts: madeBy === 'hospital' ? this.receipts : [],
    };
  }
}

/** Digest of a body. */
export function digestOf(body: ActBody): string {
  return actDigest(body, functions.sha256);
}

/** The two signatures of an act's makers. */
export function signaturesOf(body: ActBody): Act['signatures'] {
  return [`${body.by.party}#${body.by.person}`, `${body.by.party}#sign`].map((key) => ({
    key,
    signature: toBase64Url(signerOf(key).sign(actBytes(body))),
  }));
}

/** A receipt as a node signs it. */
export function receiptOf(party: string, content: JsonObject, seed = `${party}#sign`): string {
  const part = (value: JsonObject): string => toBase64Url(utf8(JSON.stringify(value)));
  const head = part({ alg: 'EdDSA', kid: `${party}#sign`, typ: 'comity-message' });
  const body = part({ env: 'sandbox', message: 'm', from: 'hospital', to: party, ...content });
  return `${head}.${body}.${toBase64Url(signerOf(seed).sign(utf8(`${head}.${body}`)))}`;
}

function entryOf(party: string, t: string, about: Partial<LogEntry> & { readonly nonce: string }): LogEntry {
  const at = about.at ?? toInstant(START);
  return {
    v: 1,
    t,
    id: uuid7(Date.parse(at), bytesFrom(about.nonce, 10)),
    case: CASE,
    at,
    actor: `${party}#sign`,
    role: 'node',
    ...about,
  };
}

const from = '2026-01-01T00:00:00.000Z';

/** The directory, signed by its keeper or by somebody else. */
export function directoryOf(change: (party: Party) => Party = (party) => party, keeper = 'keeper'): SignedDirectory {
  const directory = {
    v: 1 as const,
    env: 'sandbox' as const,
    issued: from,
    until: '2027-11-01T00:00:00.000Z',
    parties: Object.keys(PEOPLE).map((id) => change(partyOf(id))),
  };
  return { directory, signature: toBase64Url(signerOf(keeper).sign(directoryBytes(directory))) };
}

function partyOf(id: string): Party {
  const signing = (key: string) => ({ id: key, use: 'sign' as const, public: signerOf(key).public, from });
  return {
    id,
    name: id,
    country: 'US',
    zone: 'America/New_York',
    kind: id === 'authority' ? 'overseer' : 'test',
    endpoint: 'http://127.0.0.1',
    keys: [
      signing(`${id}#sign`),
      { id: `${id}#sign-pq`, use: 'sign-pq', public: mlDsaSignerOf(`${id}#sign`).public, from },
      { id: `${id}#office`, use: 'office', public: recipientOf(id), from },
      ...logHands(id).map(({ key }, i) => ({
        id: `${id}#log-${i + 1}`,
        use: 'log' as const,
        public: formatVerifierKey(key),
        from,
      })),
      { id: `${id}#witness`, use: 'witness', public: formatVerifierKey(witnessHand(`${id}.test/witness`).key), from },
    ],
    persons: (PEOPLE[id] ?? []).map(([person, roles]) => ({ id: person, roles, key: signing(`${id}#${person}`) })),
    powers: SEATS[id] === undefined ? [] : [{ procedure: 'outsourcing.engagement', seat: SEATS[id] }],
    logOrigin: logOriginOf(id),
    from,
  };
}

/** An office's recipient; nothing is sealed in these tests. */
export function recipientOf(party: string): string {
  return `age1${party}`.padEnd(66, 'q');
}

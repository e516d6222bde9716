import { commitment, isJsonObject, ok, type Result, refuse, toBase64Url, toInstant } from '@comity/core';
import { NOTICE_LANGUAGES, type NoticeDocument, noticeDigest } from '@comity/formats/letters';
import { sha256 } from '../keys/crypto.ts';
import { actsOf } from '../store/acts.ts';
import { insertComplaint } from '../store/complaints.ts';
import { noticeWithCode } from '../store/notices.ts';
import { entryOf, logEntries, nextInstant } from './entry.ts';
import { type House, NODE_PERSON } from './house.ts';
import { beforeContent, type NotedReading } from './read.ts';

/** What a complaint is about, and what its author wants: closed lists, so that complaints can be counted. */
export const COMPLAINT_ABOUT = ['not-me', 'wrong-data', 'unlawful', 'other'] as const;
export const COMPLAINT_WANTS = ['answer', 'copy', 'correct', 'delete'] as const;

/** A letter that was sent, as far as it is still kept here. */
export interface FoundNotice {
  readonly case: string;
  readonly act: string;
  readonly on: string;
  /** Whole, where the letter was written by this node and is what the act committed to. */
  readonly document?: NoticeDocument;
}

/** The letter whose code this is. Whoever has the code has the letter: it is 80 bits of its digest, and stands nowhere else. */
export async function noticeFor(house: House, code: string): Promise<FoundNotice | undefined> {
  const told = await noticeWithCode(house.db, code.replaceAll('-', ''));
  if (told === undefined) return undefined;
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, told.case_id, house.subjects));
  const act = acts.find(({ digest }) => digest === told.digest);
  const letter = act?.openings['letter']?.value;
  const found = { case: told.case_id, act: told.digest, on: told.at.slice(0, 10) };
  return isNotice(letter) && noticeDigest(letter, sha256) === act?.body.data['letter'] ? { ...found, document: letter } : found;
}

/** Parser: whether it is a letter that this node wrote is told by its digest, which the act carries; here only what the digest needs. */
function isNotice(value: unknown): value is NoticeDocument {
  return isJsonObject(value) && value['v'] === 1 && NOTICE_LANGUAGES.some((known) => known === value['language']);
}

/** What somebody who was told wrote. */
export interface Complaining {
  readonly code: string;
  readonly about: (typeof COMPLAINT_ABOUT)[number];
  readonly want: (typeof COMPLAINT_WANTS)[number];
  readonly text: string;
  readonly name: string;
  readonly reach: string;
}

/**
 * Takes a complaint about a letter and gives its number once it stands in the log, which says that there is one and of which kind; what was written is only committed to, and kept under the key of the
 * case. Refuses `not-found` for a code that is none; `log-slow`.
 */
export async function complain(house: House, ask: Complaining): Promise<Result<{ readonly number: string }>> {
  const found = await noticeFor(house, ask.code);
  if (found === undefined) return refuse('not-found', 'code');
  const number = numberFrom(house.random(5));
  const noted = await beforeContent(house, found.case, async (tx): Promise<Result<NotedReading>> => {
    const { text, name, reach, about, want } = ask;
    const opening = { salt: toBase64Url(house.random(32)), value: { text, name, reach } };
    const at = await nextInstant(house, tx, found.case);
    const entry = entryOf(house, {
      t: 'complaint.received',
      case: found.case,
      at,
      role: NODE_PERSON,
      decision: about,
      basis: [number],
      _sd: [commitment('complaint', opening, sha256)],
      _sd_alg: 'sha-256',
    });
    await logEntries(house, tx, [entry]);
    await insertComplaint(
      tx,
      { number, case: found.case, act: found.act, about, want, at, entry: entry.id, opening },
      house.subjects,
    );
    return ok({ until: toInstant(Date.parse(at)), entry: entry.id });
  });
  return noted.ok ? ok({ number }) : noted;
}

/** Letters and digits that are not taken for one another (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Forty bits as eight signs, in two groups: easy to write down and to say. */
function numberFrom(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let signs = '';
  for (let place = 0; place < 8; place++) {
    signs = `${LETTERS[Number(value % 32n)]}${signs}`;
    value /= 32n;
  }
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

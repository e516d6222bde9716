import { toBase64, toBase64Url, toHex, uuid7 } from '@comity/core';
import { sha256 } from '@comity/node';
import { blindEntry, encodeEntry, formatNote, type LogEntry, leafHash, parseNote, redactionMessage } from '@comity/prove';
import type { CaseFile, LogExtract } from '@comity/verify';
import { entriesIn, entriesOf } from './entries.ts';
import { relog } from './relog.ts';
import { retell, signedBy } from './retell.ts';
import { edited, type Loose, type Scene, type Tampering } from './tampering.ts';
import { withWitnesses } from './witnesses.ts';

const LIAR = 'ie-skymail';

/** What a node can do that lies about its own log, with its own real keys, to whoever asks for it. */
export async function liars(scene: Scene): Promise<readonly Tampering[]> {
  return [
    ...(await Promise.all([dropped(scene), exchanged(scene), hidden(scene), reordered(scene), forked(scene), rolledBack(scene)])),
    downgraded(scene),
    ...(await Promise.all([denied(scene), oneSided(scene), redacted(scene), blinded(scene)])),
    ...(await withWitnesses(scene)),
    ...salts(scene),
  ];
}

/** Leaves the delivery out. */
async function dropped(scene: Scene): Promise<Tampering> {
  const { act } = placeOf(scene, 'act.deliver');
  const file = await rewritten(scene, LIAR, (entries) => entries.filter((entry) => entry.t !== 'act.deliver'));
  return { name: 'node-drops', file, expect: { code: 'act-unlogged', about: { act, party: LIAR } } };
}

/** Says of the delivery that somebody in another role made it. */
async function exchanged(scene: Scene): Promise<Tampering> {
  const { index, act } = placeOf(scene, 'act.deliver');
  const file = await rewritten(scene, LIAR, (entries) =>
    entries.map((entry) => (entry.t === 'act.deliver' ? { ...entry, role: 'analyst' } : entry)),
  );
  return { name: 'node-edits', file, expect: { code: 'place-differs', about: { act, party: LIAR, index } } };
}

/** Leaves out the entry of one of two payloads that left together. */
async function hidden(scene: Scene): Promise<Tampering> {
  const { act } = placeOf(scene, 'act.deliver');
  const file = await rewritten(scene, LIAR, (entries) => {
    const [first] = entries.filter((entry) => entry.t === 'sealed');
    return entries.filter((entry) => entry !== first);
  });
  return { name: 'node-hides-payload', file, expect: { code: 'payload-unlogged', about: { act, party: LIAR } } };
}

/** Lets the delivery come before it was minimised. */
async function reordered(scene: Scene): Promise<Tampering> {
  const [first, second] = [placeOf(scene, 'act.minimise'), placeOf(scene, 'act.deliver')];
  const file = await rewritten(scene, LIAR, (entries) =>
    entries.map((entry, i) => {
      if (String(i) === first.index) return entries[Number(second.index)] ?? entry;
      return String(i) === second.index ? (entries[Number(first.index)] ?? entry) : entry;
    }),
  );
  return {
    name: 'node-reorders',
    file,
    expect: { code: 'place-differs', about: { act: first.act, party: LIAR, index: first.index } },
  };
}

/** Shows the verifier another history than it showed its peers, of the very size that they saw. */
async function forked(scene: Scene): Promise<Tampering> {
  const { origin } = logOf(scene.file, LIAR);
  const sights = scene.file.logs.flatMap((log) => entriesOf(log).flatMap(({ seen }) => (seen?.origin === origin ? [seen] : [])));
  const size = Math.max(...sights.map((seen) => Number(seen.size)));
  const file = await rewritten(scene, LIAR, (entries) =>
    entries.slice(0, size).map((entry, i) => (i === size - 1 ? { ...entry, nonce: nonceOf('another') } : entry)),
  );
  return { name: 'node-forks', file, expect: { code: 'log-forked', about: { party: LIAR, log: origin } } };
}

/** Serves the log as it stood before it had signed for the destruction of its copy. */
async function rolledBack(scene: Scene): Promise<Tampering> {
  const { index, act } = placeOf(scene, 'act.destroy-source');
  const file = await rewritten(scene, LIAR, (entries) => entries.slice(0, Number(index)));
  return { name: 'node-rolls-back', file, expect: { code: 'log-rolled-back', about: { act, party: LIAR, index } } };
}

/** Signs its head with the old key alone. */
function downgraded({ file }: Scene): Tampering {
  const lone = edited(file, (copy) => {
    const log = copy.logs.find((one: LogExtract) => one.party === LIAR);
    const note = parseNote(log.checkpoint);
    if (!note.ok) throw new Error(note.detail);
    log.checkpoint = formatNote({ ...note.value, signatures: note.value.signatures.slice(0, 1) });
  });
  return { name: 'node-downgrades', file: lone, expect: { code: 'checkpoint-downgraded', about: { party: LIAR } } };
}

/** Signed a receipt for the order, and its log knows nothing of it. */
async function denied(scene: Scene): Promise<Tampering> {
  const { act } = placeOf(scene, 'received.send');
  const file = await rewritten(scene, LIAR, (entries) =>
    entries.map((entry) => (entry.t === 'received.send' ? stranger(entry) : entry)),
  );
  return { name: 'receipt-never-logged', file, expect: { code: 'received-unlogged', about: { act, party: LIAR } } };
}

/** The delivery is in the sender's log; the receiver's log, which had it, has it no more. */
async function oneSided(scene: Scene): Promise<Tampering> {
  const receiver = scene.file.madeBy;
  const { file, digests } = await retell(scene.file, scene.keys, { until: 'deliver' });
  const act = digests.get('deliver') ?? '';
  const without = await rewritten({ ...scene, file }, receiver, (entries) =>
    entries.map((entry) => (entry.t === 'received.deliver' ? stranger(entry) : entry)),
  );
  return { name: 'one-sided', file: without, expect: { code: 'received-unlogged', about: { act, party: receiver } } };
}

/** Blanks an entry, on an order that it signed itself. */
async function redacted(scene: Scene): Promise<Tampering> {
  const { index } = placeOf(scene, 'act.minimise');
  const own = scene.keys.get(LIAR);
  const gone = entriesOf(logOf(scene.file, LIAR))[Number(index)];
  if (own === undefined || gone === undefined) throw new Error(`there are no keys of ${LIAR}`);
  const leaf = leafHash(encodeEntry(gone), sha256);
  const ordered = redactionMessage({ origin: logOf(scene.file, LIAR).origin, index, leaf: toHex(leaf), reason: 'personal-data' });
  const order: LogEntry = {
    ...{ ...stranger(gone), t: 'redacted', case: gone.case, index, refs: [toHex(leaf)], was: gone.t, decision: 'personal-data' },
    orders: [signedBy(own, ordered)],
  };
  const file = await rewritten(scene, LIAR, (entries) => [...entries, { ...order, at: entries.at(-1)?.at ?? order.at }]);
  const blank = edited(file, (copy) => {
    const log = copy.logs.find((one: LogExtract) => one.party === LIAR);
    const [entry] = log.entries.splice(Number(index), 1);
    log.redactions = [{ index, leaf: toBase64(leaf), proof: entry.proof }];
  });
  return { name: 'node-redacts', file: blank, expect: { code: 'redaction-without-order', about: { party: LIAR, index } } };
}

/** Hides an entry until a day that has passed, and does not open it. */
async function blinded(scene: Scene): Promise<Tampering> {
  const entries = entriesOf(logOf(scene.file, LIAR));
  const last = entries.at(-1);
  if (last === undefined) throw new Error(`the log of ${LIAR} is empty`);
  const { id, nonce, at, actor } = stranger(last);
  const hidden = blindEntry(encodeEntry(last), { id, nonce, at, actor, salt: nonceOf('salt'), until: at }, sha256);
  const file = await rewritten(scene, LIAR, (all) => [...all, hidden]);
  const index = String(entries.length);
  return { name: 'node-keeps-hidden', file, expect: { code: 'blinded-overdue', about: { party: LIAR, index } } };
}

/** Openings that do not belong where they stand. */
function salts({ file }: Scene): readonly Tampering[] {
  const draft = file.acts.find(({ body }) => body.type === 'draft');
  const of = (change: (openings: Loose) => void): CaseFile =>
    edited(file, (copy) => change(copy.acts.find((act: Loose) => act.body.type === 'draft').openings));
  const act = logOf(file, file.madeBy);
  const about = { act: entriesOf(act).find(({ t }) => t === 'act.draft')?.act ?? '', party: draft?.body.by.party ?? '' };
  const swapped = of((openings) => {
    [openings.offence.salt, openings.necessity.salt] = [openings.necessity.salt, openings.offence.salt];
  });
  const renamed = of((openings) => (openings.offence = openings.necessity));
  return [
    { name: 'salts-swapped', file: swapped, expect: { code: 'salts-swapped', about } },
    { name: 'section-renamed', file: renamed, expect: { code: 'section-renamed', about } },
  ];
}

/** The file with a party's log written anew under its real keys. What is of no case of ours is in the tree, and not in the extract. */
async function rewritten(
  { file, keys }: Scene,
  party: string,
  change: (entries: readonly LogEntry[]) => readonly LogEntry[],
): Promise<CaseFile> {
  const log = logOf(file, party);
  const own = keys.get(party);
  if (own === undefined) throw new Error(`there are no keys of ${party}`);
  const whole = await relog(log.origin, party, { entries: change(entriesOf(log)), keys: own });
  const shown = new Set(entriesIn(whole).flatMap(({ index, entry }) => (entry.case === STRANGE ? [] : [index])));
  const extract = { ...whole, entries: whole.entries.filter(({ index }) => shown.has(index)) };
  return { ...file, logs: file.logs.map((one) => (one.origin === log.origin ? extract : one)) };
}

const STRANGE = 'another-case';

/** An entry of another case, for the place of one that is to be gone. */
function stranger({ v, at, actor, role }: LogEntry): LogEntry {
  const id = uuid7(Date.parse(at), Buffer.from('0123456789'));
  return { v, t: 'case.read', id, nonce: nonceOf(at), case: STRANGE, at, actor, role };
}

function nonceOf(seed: string): string {
  return toBase64Url(sha256(Buffer.from(seed)));
}

function logOf(file: CaseFile, party: string): LogExtract {
  const log = file.logs.find((one) => one.party === party);
  if (log === undefined) throw new Error(`there is no log of ${party}`);
  return log;
}

/** Where the entry of a type stands in the liar's log, and what act it is about. */
function placeOf({ file }: Scene, t: string): { readonly index: string; readonly act: string } {
  const place = entriesIn(logOf(file, LIAR)).find(({ entry }) => entry.t === t);
  if (place === undefined) throw new Error(`the log of ${LIAR} has no ${t}`);
  return { index: place.index, act: place.entry.act ?? '' };
}

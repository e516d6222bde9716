import { canonicalJson, ok, type Result, refuse, toBase64Url, utf8 } from '@comity/core';
import { formatProof } from '@comity/prove';
import { formatExtra } from '@comity/verify';
import { findCase } from '../store/cases.ts';
import { entriesOf } from '../store/logRead.ts';
import { readerOf } from '../store/reads.ts';
import type { House } from './house.ts';
import { awaitPlaces } from './places.ts';
import { proveEntries } from './proofs.ts';
import { confirmed } from './prove.ts';

/**
 * A proof to take away (C2SP tlog-proof): that this node's log holds the entry by which it made or took in an act of a case, up to the checkpoint that witnesses have confirmed; where they
 * stay silent, up to the newest, and whoever verifies it sees that. With the policy of that year's log it needs nobody's word. Errors: `log-slow`, `not-found`: no such act in this
 * case, or its entry was blanked.
 */
export async function proveAct(
  house: House,
  about: { readonly case: string; readonly act: string },
): Promise<Result<{ readonly proof: string; readonly year: number }>> {
  const judged = (await findCase(house.db, about.case))?.judged ?? [];
  if (!judged.some(({ digest }) => digest === about.act)) return refuse('not-found', 'act');
  if ((await awaitPlaces(house, [about.act])) === undefined) return refuse('log-slow');
  const { logs } = await confirmed(house, async (tx) => {
    // The first entry that names an act is its own; later ones tell of others' receipts for it.
    const own = (await entriesOf(tx, about.case)).find(({ act }) => act === about.act);
    return { logs: own === undefined || own.bytes.length === 0 ? [] : await proveEntries(tx, [own]) };
  });
  const [found] = logs;
  const [entry] = found?.entries ?? [];
  if (found === undefined || entry === undefined) return refuse('not-found', 'act');
  // Entries of acts commit to nothing that could be disclosed: an act's sections are committed to in its body.
  const extra = formatExtra({ entry: entry.bytes, disclosures: [] });
  const { checkpoint, year } = found;
  return ok({ proof: formatProof({ extra, index: entry.index, hashes: entry.proof, checkpoint }), year });
}

/**
 * The same of a reading, with the opening of what its entry commits to: who read, and why. So an overseer need not take the office's word for it. In: year and index of the
 * entry. Errors: `not-found`: no such reading of this case, its salt was not kept, or the case is secret still.
 */
export async function proveReading(
  house: House,
  about: { readonly case: string; readonly year: number; readonly index: bigint },
): Promise<Result<{ readonly proof: string }>> {
  const reader = await readerOf(house.db, about);
  if (reader === undefined) return refuse('not-found', 'index');
  const { logs } = await confirmed(house, async (tx) => {
    const all = await entriesOf(tx, about.case);
    const own = all.find(
      ({ year, index, hidden, bytes }) =>
        year === about.year && index === about.index && hidden === undefined && bytes.length > 0,
    );
    return { logs: own === undefined ? [] : await proveEntries(tx, [own]) };
  });
  const [found] = logs;
  const [entry] = found?.entries ?? [];
  if (found === undefined || entry === undefined) return refuse('not-found', 'index');
  const { salt, person, purpose } = reader;
  const disclosure = toBase64Url(utf8(canonicalJson([salt, 'reader', { person, purpose }])));
  const extra = formatExtra({ entry: entry.bytes, disclosures: [disclosure] });
  return ok({ proof: formatProof({ extra, index: entry.index, hashes: entry.proof, checkpoint: found.checkpoint }) });
}

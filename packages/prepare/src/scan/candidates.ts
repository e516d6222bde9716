import type { ScanClass } from './classes.ts';
import { type Detector, type Span, spansIn, tryWhole } from './detector.ts';
import { DICTIONARIES, isShortGender } from './dictionaries.ts';
import { ENOUGH, ENOUGH_IN_TEXT, evidenceOf } from './evidence.ts';
import { speaksOf } from './header-words.ts';
import type { Counted } from './measure.ts';
import { plain } from './words.ts';

/** A class that the values speak for, before the classes are weighed against each other. */
export interface Candidate {
  readonly class: ScanClass;
  /** Places in the list of values. */
  readonly hits: ReadonlySet<number>;
  readonly inText: boolean;
  readonly evidence: number;
  readonly validator: string | undefined;
}

/** A column as a detector sees it. */
export interface Seen {
  readonly values: readonly Counted[];
  readonly spoken: ReadonlySet<ScanClass>;
}

/** A find that needs context counts where words name it. A shape that any word has also must hold digits: `long way` is no longitude. */
function countsInText(detector: Detector, text: string, span: Span): boolean {
  if (detector.needs !== 'context') return true;
  const found = text.slice(span.start, span.end);
  return (detector.chance < 1 || /\d.*\d.*\d/.test(found)) && isNamed(detector.class, text, span);
}

/** Words around a find that may say what it is. */
const NEAR = 60;

/** Whether a value is a text of several words, in which something may stand. */
export function isText(value: string): boolean {
  if (value.length > 60) return true;
  const words = value.match(/(?<=^|[\s("'«„“])\p{L}{2,}/gu)?.length ?? 0;
  // Some scripts write sentences without spaces.
  return words >= 3 || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{12,}/u.test(value);
}

/** Whether a value is a sentence or more: what makes a column free text. */
export function isProse(value: string): boolean {
  return value.length > 60 || (isText(value) && (value.match(/\p{L}{2,}/gu)?.length ?? 0) >= 5);
}

/** A class of dates that only a name tells from other dates. */
const DATED: readonly ScanClass[] = ['birth-date', 'death-date', 'card-expiry'];

/** The classes that a detector may stand for in a column: its own, and dates, telephone numbers and codes of a special kind that the header names. */
function classesOf(detector: Detector, spoken: ReadonlySet<ScanClass>): readonly ScanClass[] {
  if (detector.class === 'date') {
    const named = DATED.filter((name) => spoken.has(name));
    return named.length > 0 ? named : ['date'];
  }
  if (detector.class === 'phone' && spoken.has('fax') && !spoken.has('phone')) return ['fax'];
  return [detector.class];
}

/** What one detector finds as whole values. */
export function wholeCandidate(detector: Detector, seen: Seen): readonly Candidate[] {
  const names = classesOf(detector, seen.spoken);
  if (detector.needs === 'context' && !names.some((name) => seen.spoken.has(name))) return [];
  const { hits, tries } = padded(detector, seen);
  if (hits.size === 0) return [];
  return names.flatMap((name) => {
    const judged = { detector, tries: detector.valid === undefined ? seen.values.length : tries, all: seen.values.length };
    if (!passes(hits.size, judged, seen.spoken.has(name))) return [];
    const evidence = evidenceOf(hits.size, judged.tries, detector.chance);
    return [{ class: name, hits, inText: false, evidence, validator: detector.validator }];
  });
}

interface Tried {
  readonly hits: ReadonlySet<number>;
  readonly tries: number;
}

/**
 * Numbers that were stored as integers lost their leading zeros: they are tried filled up to the longest among them, and where the header names the class
 * up to two more. The better reading counts.
 */
function padded(detector: Detector, { values, spoken }: Seen): Tried {
  const plainly = tryAll(detector, values);
  if (detector.valid === undefined || !values.every(({ text }) => /^\d{4,19}$/.test(text))) return plainly;
  const longest = Math.max(...values.map(({ text }) => text.length));
  const lengths = spoken.has(detector.class) ? [longest, longest + 1, longest + 2] : [longest];
  const fill = (length: number): readonly Counted[] =>
    values.map(({ text, count }) => ({ text: text.padStart(length, '0'), count }));
  const score = ({ hits, tries }: Tried): number => evidenceOf(hits.size, tries, detector.chance);
  // Zeros are only believed where they make clearly more sense than none.
  return lengths
    .map((length) => tryAll(detector, fill(length)))
    .reduce((best, one) => (score(one) > 1.05 * score(best) ? one : best), plainly);
}

function tryAll(detector: Detector, values: readonly Counted[]): Tried {
  const hits = new Set<number>();
  let tries = 0;
  values.forEach(({ text }, i) => {
    const outcome = tryWhole(detector, text.trim());
    if (outcome !== 'other') tries += 1;
    if (outcome === 'hit') hits.add(i);
  });
  return { hits, tries };
}

interface Judged {
  readonly detector: Detector;
  readonly tries: number;
  readonly all: number;
}

/** The rule for whole values: see `Needs`. */
function passes(hits: number, { detector, tries, all }: Judged, spoken: boolean): boolean {
  const { chance, needs } = detector;
  const share = hits / tries;
  const fitting = chance >= 1 ? hits / all >= 0.3 : share >= Math.max(0.15, Math.min(0.9, 3 * chance));
  if (spoken) return fitting && (chance < 1 || hits / all >= 0.3);
  if (needs === 'context') return false;
  if (needs === 'nothing') return evidenceOf(hits, tries, chance) >= ENOUGH_IN_TEXT && share >= Math.min(0.15, 3 * chance);
  return fitting && evidenceOf(hits, tries, chance) >= ENOUGH;
}

/** Signs that part what stands in a cell. */
const PARTED = /[\s;,|=<>]/u;

/** What one detector finds inside texts. A find that needs context counts where the header or the words around it speak of its class. */
export function textCandidate(detector: Detector, seen: Seen): readonly Candidate[] {
  const hits = new Set<number>();
  let [found, tries] = [0, 0];
  seen.values.forEach(({ text }, i) => {
    if (!isText(text) && !(detector.needs === 'nothing' && PARTED.test(text))) return;
    const { hits: spans, shaped } = spansIn(detector, text);
    // Where nothing is checked, what speaks is how many texts have the shape.
    tries += detector.valid === undefined ? 1 : shaped;
    const counted = spans.filter((span) => countsInText(detector, text, span));
    found += counted.length;
    if (counted.length > 0) hits.add(i);
  });
  if (found === 0) return [];
  const named = detector.needs === 'context' || namedOnce(detector, seen, hits);
  const evidence = evidenceOf(found, Math.max(found, tries), Math.min(detector.chance, 0.9));
  if (!named && evidence < ENOUGH_IN_TEXT) return [];
  return [
    { class: detector.class, hits, inText: true, evidence: Math.max(evidence, ENOUGH_IN_TEXT), validator: detector.validator },
  ];
}

function namedOnce(detector: Detector, { values }: Seen, hits: ReadonlySet<number>): boolean {
  if (detector.needs === 'nothing') return false;
  return [...hits].some((i) => {
    const text = values[i]?.text ?? '';
    return spansIn(detector, text).hits.some((span) => isNamed(detector.class, text, span));
  });
}

/** Whether the words around a find speak of its class. */
export function isNamed(name: ScanClass, text: string, { start, end }: Span): boolean {
  return speaksOf(text.slice(Math.max(0, start - NEAR), start), name) || speaksOf(text.slice(end, end + NEAR / 2), name);
}

/** Lists that hold a small part of what there is. Letters for sex, in contrast, say nothing without a header. */
const NEVER_WHOLE: ReadonlySet<ScanClass> = new Set(['given-name', 'surname', 'city']);

/** What the lists of words find. */
export function dictionaryCandidates({ values, spoken }: Seen): readonly Candidate[] {
  const plainly = values.map(({ text }) => (text.length > 80 ? '' : plain(text)));
  return DICTIONARIES.flatMap((dictionary) => {
    const hits = new Set(plainly.flatMap((text, i) => (text !== '' && dictionary.has(text) ? [i] : [])));
    const share = hits.size / Math.max(1, values.length);
    const letters = dictionary.class === 'gender' && [...hits].every((i) => isShortGender(plainly[i] ?? ''));
    const needed = spoken.has(dictionary.class) ? 0.1 : letters ? 1.1 : NEVER_WHOLE.has(dictionary.class) ? 0.12 : 0.6;
    const evidence = evidenceOf(hits.size, values.length, dictionary.chance);
    const enough = spoken.has(dictionary.class) || (hits.size >= 2 && evidence >= ENOUGH_IN_TEXT * 2);
    if (hits.size === 0 || share < needed || !enough) return [];
    return [{ class: dictionary.class, hits, inText: false, evidence, validator: 'dictionary' }];
  });
}

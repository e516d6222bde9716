import { type Candidate, dictionaryCandidates, isProse, type Seen, textCandidate, wholeCandidate } from './candidates.ts';
import { factsOfClass, type ScanClass } from './classes.ts';
import type { Detector } from './detector.ts';
import { ENOUGH } from './evidence.ts';
import { headedCandidates } from './headed.ts';
import { classesOfHeader } from './header-words.ts';
import { maskText } from './mask-text.ts';
import type { Counted } from './measure.ts';
import type { ScanFinding, ScanReason } from './report.ts';
import { weighCandidates } from './weigh.ts';

export interface Classified {
  readonly classes: readonly ScanFinding[];
  readonly identifying: boolean;
  readonly reason: ScanReason | null;
}

/** Share of values from which a column counts as free text. */
const TEXTUAL = 0.3;

/**
 * Says what a column holds, from its name and a sample of its values. Pure. Several classes may hold at once; what none fits is unclassified and
 * counts as identifying.
 */
export function classify(header: string, values: readonly Counted[], detectors: readonly Detector[]): Classified {
  if (values.length === 0) return { classes: [], identifying: true, reason: 'all-empty' };
  const seen: Seen = { values, spoken: new Set(classesOfHeader(header)) };
  const found = [...detectors.flatMap((detector) => wholeCandidate(detector, seen)), ...dictionaryCandidates(seen)];
  const texts = values.filter(({ text }) => isProse(text)).length;
  const inTexts = detectors.flatMap((detector) => textCandidate(detector, seen));
  const confirmed = new Set(found.map((one) => one.class));
  const weighed = weighCandidates([...found, ...headedCandidates(seen, confirmed), ...inTexts], seen);
  const all = texts / values.length >= TEXTUAL ? withText(weighed, seen) : weighed;
  const classes = all
    .map((one) => findingOf(one, seen))
    .toSorted((a, b) => b.confidence - a.confidence || b.rateRows - a.rateRows);
  return { classes, ...judgement(classes, seen) };
}

/** Free text is what no class explains: a column of which most values are one thing as a whole is that thing. */
function withText(found: readonly Candidate[], { values }: Seen): readonly Candidate[] {
  const explained = found.some(
    (one) => !one.inText && one.hits.size * 2 > values.length && (one.evidence > 0 || WORDY.includes(one.class)),
  );
  if (explained || found.some((one) => one.class === 'free-text')) return found;
  const hits = new Set(values.flatMap(({ text }, i) => (isProse(text) ? [i] : [])));
  return [...found, { class: 'free-text', hits, inText: false, evidence: ENOUGH, validator: undefined }];
}

/** Classes of several words that the header alone may name. */
const WORDY: readonly ScanClass[] = [
  'postal-address',
  'person-name',
  'health-condition',
  'criminal-record',
  'race-ethnicity',
  'occupation',
  'religion',
];

function judgement(classes: readonly ScanFinding[], { spoken }: Seen): Pick<Classified, 'identifying' | 'reason'> {
  if (classes.length === 0) return { identifying: true, reason: spoken.size > 0 ? 'header-contradicted' : 'unclassified' };
  // A class that fits a few values only says nothing of the others.
  const covered = classes.some((one) => !one.inText && one.rateRows >= 0.5);
  const identifies = classes.some((one) => factsOfClass(one.class).identifying);
  if (identifies) return { identifying: true, reason: 'identifying-class' };
  return covered ? { identifying: false, reason: null } : { identifying: true, reason: 'unclassified' };
}

function findingOf(one: Candidate, { values, spoken }: Seen): ScanFinding {
  const rows = values.reduce((sum, { count }) => sum + count, 0);
  const hits = [...one.hits].map((i) => values[i]).filter((value) => value !== undefined);
  const hitRows = hits.reduce((sum, { count }) => sum + count, 0);
  const rateDistinct = hits.length / values.length;
  const by = !spoken.has(one.class) ? 'values' : one.evidence > 0 || one.validator !== undefined ? 'both' : 'header';
  return {
    class: one.class,
    rateRows: hitRows / rows,
    rateDistinct,
    confidence: confidenceOf(one, by, rateDistinct),
    by,
    inText: one.inText,
    ...(one.validator === undefined ? {} : { validator: one.validator }),
    examples: hits.slice(0, 3).map(({ text }) => maskText(text.trim())),
  };
}

/** Ranks of what speaks for a class: the header alone, values alone, values that a check confirmed, both. Texts and strays come below. */
function confidenceOf(one: Candidate, by: ScanFinding['by'], rate: number): number {
  const checked = one.validator !== undefined && one.validator !== 'dictionary';
  const base = by === 'header' ? 0.6 : by === 'both' ? (checked ? 0.99 : 0.9) : checked ? 0.9 : 0.8;
  const rare = one.inText ? 0.9 : rate < 0.5 ? 0.85 : 1;
  return Math.round(base * rare * 100) / 100;
}

import type { Candidate, Seen } from './candidates.ts';
import type { ScanClass } from './classes.ts';

/** Classes that say less than others: they give way to a class that fits most of the same values. */
const GENERIC: ReadonlySet<ScanClass> = new Set([
  'record-number',
  'national-number',
  'tax-number',
  'certificate-number',
  'account-number',
  'health-plan-number',
  'medical-record-number',
  'passport-number',
  'driving-licence',
  'device-id',
  'cookie-id',
  'username',
  'card-security-code',
]);

/** A find that chance explains this badly stands also when it is the only one. */
const STRAY = 5;

/** Joins what several detectors found of one class. */
function joinByClass(candidates: readonly Candidate[]): readonly Candidate[] {
  const groups = Map.groupBy(candidates, (one) => one.class);
  return [...groups.values()].map((group) => {
    const best = group.reduce((a, b) => (b.evidence > a.evidence ? b : a));
    return { ...best, hits: new Set(group.flatMap(({ hits }) => [...hits])), inText: group.every(({ inText }) => inText) };
  });
}

/**
 * Decides between readings of the same whole values: what the header speaks of goes first, then what chance explains least. A reading is dropped where
 * those before it explain four fifths of its values. Finds inside texts stand beside each other.
 */
export function weighCandidates(candidates: readonly Candidate[], { spoken, values }: Seen): readonly Candidate[] {
  const rank = (one: Candidate): number =>
    (spoken.has(one.class) && one.evidence > 0 && !GENERIC.has(one.class) ? 1e9 : 0) +
    (GENERIC.has(one.class) ? -1e6 : 0) +
    one.evidence;
  const whole = joinByClass(candidates.filter(({ inText }) => !inText)).toSorted((a, b) => rank(b) - rank(a));
  const explained = new Set<number>();
  const kept: Candidate[] = [];
  for (const one of whole) {
    const fresh = [...one.hits].filter((i) => !explained.has(i)).length;
    const namedToo = spoken.has(one.class) && !GENERIC.has(one.class);
    if (fresh < one.hits.size / 5 && !namedToo) continue;
    // What the header does not speak of must say something of its own about more than a stray value.
    if (kept.length > 0 && !namedToo && one.evidence < STRAY && fresh < Math.min(3, values.length / 100)) continue;
    kept.push(one);
    for (const i of one.hits) explained.add(i);
  }
  const texts = joinByClass(candidates.filter(({ inText }) => inText));
  return [...kept, ...texts.filter((one) => !kept.some((other) => other.class === one.class))];
}

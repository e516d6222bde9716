import { type Candidate, isText, type Seen } from './candidates.ts';
import type { ScanClass } from './classes.ts';
import { SHAPED } from './shaped.ts';

/** Classes whose values may look like anything; the header alone names them. */
const ANYTHING: ReadonlySet<ScanClass> = new Set([
  'record-number',
  'employee-number',
  'certificate-number',
  'occupation',
  'photo',
  'biometric-id',
  'omics',
  'password',
  'username',
  'genomic-variant',
  'gender',
  'race-ethnicity',
  'religion',
  'union-membership',
  'political-opinion',
  'sexual-orientation',
  'marital-status',
  'nationality',
  'criminal-record',
  'health-condition',
  'blood-type',
  'country',
  'export-marking',
  'free-text',
]);
/** Numbers that each country writes in its own way. */
const NUMBERS: ReadonlySet<ScanClass> = new Set([
  'licence-plate',
  'passport-number',
  'driving-licence',
  'national-number',
  'tax-number',
]);
/** Classes of words: the header names them where most values are words. */
const WORDS: ReadonlySet<ScanClass> = new Set(['person-name', 'given-name', 'surname', 'city', 'postal-address']);

/** Evidence of a class that only the header names. */
export const HEADER_ONLY = 0;

/** Classes that the header names and no pattern or list confirmed, where the values do not speak against it. */
export function headedCandidates(seen: Seen, confirmed: ReadonlySet<ScanClass>): readonly Candidate[] {
  return [...seen.spoken].flatMap((name) => {
    if (confirmed.has(name)) return [];
    const hits = new Set(seen.values.flatMap(({ text }, i) => (couldBe(name, text) ? [i] : [])));
    if (hits.size * 2 < seen.values.length || hits.size === 0) return [];
    return [{ class: name, hits, inText: false, evidence: HEADER_ONLY, validator: undefined }];
  });
}

function couldBe(name: ScanClass, text: string): boolean {
  if (ANYTHING.has(name)) return name !== 'free-text' || isText(text) || text.length > 20;
  if (NUMBERS.has(name)) return text.length >= 4 && text.length <= 24 && /\p{N}/u.test(text) && !/@/.test(text);
  if (!WORDS.has(name)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (SHAPED.some((shape) => shape.test(text))) return false;
  return name === 'postal-address' ? letters >= 3 : letters >= 1 && letters * 2 >= text.length;
}

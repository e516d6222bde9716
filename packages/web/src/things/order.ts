/** Postgres keeps the members of an object in its own order; people read them in the order in which things happen. */
const ORDER: readonly string[] = [
  // seats
  'issuing',
  'validating',
  'provider',
  'enforcing',
  'client',
  'vendor',
  // tracks of a case
  'order',
  'validation',
  'notification',
  'execution',
  'notice',
  'engagement',
  'agreement',
  // tracks of an item
  'approval',
  'objection',
  'answer',
  'release',
  'copy',
  'holding',
  'certificate',
  // sections
  'identifiers',
  'datasets',
  'offence',
  'necessity',
  'need',
  'assessment',
  'duties',
  'answers',
  'reasons',
  'package',
  'reason',
];

/** Entries in the order in which things happen; what is not named comes last, as it came. */
export function inOrder<T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return [...entries].sort(([a], [b]) => place(a) - place(b));
}

import type { Finding } from '@comity/verify';

/** Families of words by which the places of a finding's sentence are filled. */
const FAMILIES: Readonly<Record<string, string>> = {
  type: 'act',
  role: 'role',
  byRole: 'role',
  seat: 'seat',
  section: 'section',
  duty: 'duty',
  clock: 'clock',
  refusal: 'error',
};

type Values = Finding['values'];

/** The values of a finding with names of acts, roles, sections, duties and refusals said in words; what `wordFor` has no word for stays as it is. */
export function valuesInWords(values: Values, wordFor: (key: string, values: Values) => string | undefined): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const word = FAMILIES[name] === undefined ? undefined : wordFor(`${FAMILIES[name]}.${value}`, values);
      // The word stands inside a sentence, which has its own full stop.
      return [name, word?.replace(/\.$/, '') ?? value];
    }),
  );
}

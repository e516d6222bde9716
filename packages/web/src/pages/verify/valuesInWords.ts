import type { Finding } from '@comity/verify';

/** The words by which the places of a finding's sentence are filled. */
const WORDS: Readonly<Record<string, (value: string | number) => string>> = {
  type: (value) => `act.${value}.done`,
  role: (value) => `role.${value}`,
  byRole: (value) => `role.${value}`,
  seat: (value) => `seat.${value}`,
  section: (value) => `section.${value}`,
  duty: (value) => `duty.${value}`,
  clock: (value) => `clock.${value}`,
  refusal: (value) => `error.${value}`,
};

type Values = Finding['values'];

/** The values of a finding with names of acts, roles, sections, duties and refusals said in words; what `wordFor` has no word for stays as it is. */
export function valuesInWords(values: Values, wordFor: (key: string, values: Values) => string | undefined): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const key = WORDS[name]?.(value);
      const word = key === undefined ? undefined : wordFor(key, values);
      // The word stands inside a sentence, which has its own full stop.
      return [name, word?.replace(/\.$/, '') ?? value];
    }),
  );
}

import { isJsonObject, type Json } from '@comity/core';
import type { CaseView } from '@comity/node/api';

/** What reasons lack. `short`: hardly a sentence; `no-fact`: nothing in them belongs to this case alone; `open-question`: a question of the template stands unanswered. */
export type ReasonsFault = 'short' | 'no-fact' | 'open-question';

const SHORT = 40;
/** Marks in the template what is still to be written. */
export const GAP = '[…]';

/**
 * Looks whether reasons name a fact of this case: an identifier, a day or month of a period, an item by its number, the provision, a party, or a figure from the texts of the case. Boilerplate names none of
 * these. It warns; it never decides, and it never writes reasons.
 */
export function faultsOfReasons(text: string, view: CaseView, locale: string): readonly ReasonsFault[] {
  const written = text.trim();
  if (written === '') return [];
  const faults: ReasonsFault[] = [];
  if (written.includes(GAP)) faults.push('open-question');
  if (written.length < SHORT) faults.push('short');
  const folded = fold(written);
  if (!factsOf(view, locale).some((fact) => containsWhole(folded, fact))) faults.push('no-fact');
  return faults;
}

/** Words and figures that belong to this case, folded for comparison. */
function factsOf(view: CaseView, locale: string): readonly string[] {
  const identifiers = view.items.flatMap(({ identifier }) =>
    identifier === undefined ? [] : [identifier.value, identifier.value.split('@')[0] ?? ''],
  );
  const numbers = view.items.flatMap((_, index) =>
    ['item', 'items', 'élément', 'éléments', 'point', 'البند', 'بند'].map((word) => `${word} ${index + 1}`),
  );
  const days = view.items
    .flatMap(({ item }) => (item.period === undefined ? [] : [item.period.from, item.period.until]))
    .flatMap((at) => daysIn(at, locale));
  const parties = view.parties.map(({ name }) => name);
  const figures = view.acts
    .flatMap(({ sections }) => Object.values(sections).flatMap(textsIn))
    .flatMap((said) => said.match(/\d[\d.,/-]*\d|\d{2,}/g) ?? []);
  return [...identifiers, ...numbers, ...days, ...parties, ...figures].map(fold).filter((fact) => fact.length > 1);
}

/** A day as people write it: the day and month, the month and year, and in figures. */
function daysIn(at: string, locale: string): readonly string[] {
  const date = new Date(at);
  const say = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date);
  return [
    say({ day: 'numeric', month: 'long' }),
    say({ month: 'long' }),
    say({ month: 'long', year: 'numeric' }),
    at.slice(0, 10),
    at.slice(0, 7),
  ];
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ');
}

/** A fact counts where it stands as a word: `12` is not in `2012`. */
function containsWhole(text: string, fact: string): boolean {
  for (let at = text.indexOf(fact); at >= 0; at = text.indexOf(fact, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + fact.length] ?? ' '}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

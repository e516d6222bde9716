import type { DatasetWork } from '@comity/node/api';

/** What may be said of a column under Safe Harbor; `identifier` keeps the class under which it was found. */
export const SAYS = ['unclassified', 'identifier', 'category', 'date', 'birth-date', 'age', 'postal-code', 'free-text'] as const;
export type Says = (typeof SAYS)[number];

export type HarborDraft = Readonly<Record<string, { readonly says: Says; readonly order: 'iso' | 'dmy' | 'mdy' }>>;

const KEPT: readonly string[] = ['category', 'gender', 'diagnosis', 'quantity'];

/** What the scan proposes for each column; a person looks at each before anything is made. */
export function proposedDraft({ dataset, safeHarbor }: DatasetWork): HarborDraft {
  return Object.fromEntries(
    dataset.columns.map(({ name }) => {
      const proposed = safeHarbor?.[name];
      return [name, { says: saysOf(proposed?.class), order: proposed?.order ?? 'iso' }];
    }),
  );
}

function saysOf(of: string | undefined): Says {
  if (of === undefined) return 'unclassified';
  if (KEPT.includes(of)) return 'category';
  return SAYS.find((one) => one === of) ?? 'identifier';
}

/** The plan as the node reads it: the class of each column; what nobody classified is not named, and does not leave. */
export function harborPlan(draft: HarborDraft, { safeHarbor }: Pick<DatasetWork, 'safeHarbor'>): object {
  const classes = Object.entries(draft).flatMap(([name, { says, order }]) => {
    if (says === 'unclassified') return [];
    const found = safeHarbor?.[name]?.class;
    const of = says === 'identifier' ? (found !== undefined && saysOf(found) === 'identifier' ? found : 'other-unique-id') : says;
    return [[name, { class: of, order }]];
  });
  return { classes: Object.fromEntries(classes) };
}

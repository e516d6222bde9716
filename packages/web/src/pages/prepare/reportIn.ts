import type { OwnReport, PreparationView, SafeHarborView, SynthesisReport } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { useNumber } from './figures.ts';

/** The report of a synthesis that has ended; undefined for another kind, or while there is none. */
export function reportIn({ kind, report }: PreparationView): SynthesisReport | undefined {
  // Parser: the node writes a report of its kind.
  return kind === 'synthesise' && report !== null ? (report as SynthesisReport) : undefined;
}

/** What somebody's own plan came to; undefined for another kind, or while there is nothing. */
export function ownIn({ kind, report }: PreparationView): OwnReport | undefined {
  // Parser: the node writes a report of its kind.
  return kind === 'own' && report !== null && 'levels' in (report as object) ? (report as OwnReport) : undefined;
}

/** What every way to prepare says of what it made. */
export interface Summary {
  readonly rows: number;
  readonly columns: readonly string[];
  /** What Safe Harbor did; only there. */
  readonly safeHarbor?: SafeHarborView;
}

/** How much was made; undefined while nothing was. */
export function summaryOf({ report }: PreparationView): Summary | undefined {
  // Parser: the node's recipes write reports with these members.
  return report === null ? undefined : (report as Summary);
}

/** What a preparation is called: its kind and what tells it from others. */
export function useMadeName(): (made: PreparationView) => string {
  const { term } = useWords();
  const number = useNumber(3);
  return ({ kind, plan }) => {
    // Parser: the node keeps plans as its recipes read them.
    const { method = '', epsilon = 0 } = plan as { readonly method?: string; readonly epsilon?: number };
    return term(`made.kind.${kind}`, { method: method.toUpperCase(), epsilon: number(epsilon) });
  };
}

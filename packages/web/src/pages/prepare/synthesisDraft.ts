import { type DomainDraft, domainOf, type Never, startDomain, zerosOf } from './domainDraft.ts';

/** How it is known what columns may hold: bought with a tenth of the budget, said in a form, or said as JSON. */
export const SAID = ['bought', 'form', 'json'] as const;

/** What a person has typed of a synthesis. */
export interface SynthesisDraft {
  readonly method: 'aim' | 'mst';
  readonly epsilon: number | '';
  readonly delta: number;
  /** Empty: every row is a person of its own. */
  readonly subject: string;
  readonly cap: number | '';
  readonly rows: number | '';
  readonly said: (typeof SAID)[number];
  /** JSON, where it is said so. */
  readonly domain: string;
  readonly columns: DomainDraft;
  /** What can never stand together; only where the domain is said. */
  readonly never: readonly Never[];
}

export function startDraft(delta: number, names: readonly string[]): SynthesisDraft {
  return {
    ...{ method: 'aim', epsilon: 1, delta, subject: '', cap: 1, rows: '', said: 'bought', domain: '', never: [] },
    columns: startDomain(names),
  };
}

/** The plan as the node reads it; undefined while something is missing. */
export function synthesisPlan(draft: SynthesisDraft): object | undefined {
  const { method, epsilon, delta, subject, cap, rows, said } = draft;
  if (epsilon === '' || !(epsilon > 0)) return undefined;
  if (subject !== '' && !(Number.isInteger(cap) && Number(cap) >= 1)) return undefined;
  const domain = saidDomain(draft);
  const zeros = said === 'bought' ? [] : zerosOf(draft.never);
  if (domain === undefined || zeros === undefined) return undefined;
  return {
    ...{ method, epsilon, delta, domain, zeros },
    subject: subject === '' ? null : subject,
    rowsPerSubject: subject === '' ? 1 : cap,
    rows: rows === '' ? null : rows,
  };
}

/** What was said of the columns; null where it is bought, undefined while it cannot be used. */
function saidDomain({ said, domain, columns }: SynthesisDraft): object | null | undefined {
  if (said === 'bought') return null;
  return said === 'json' ? domainIn(domain) : domainOf(columns);
}

/** Columns that leave by what was said, also while something of it cannot be used yet. */
export function namesSaid({ said, domain, columns }: SynthesisDraft): readonly string[] {
  if (said === 'form') return Object.keys(columns).filter((name) => columns[name]?.kind !== 'out');
  return said === 'json' ? Object.keys(domainIn(domain) ?? {}) : [];
}

function domainIn(text: string): object | undefined {
  try {
    const domain: unknown = JSON.parse(text);
    return typeof domain === 'object' && domain !== null ? domain : undefined;
  } catch {
    return undefined;
  }
}

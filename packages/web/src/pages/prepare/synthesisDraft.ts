/** What a person has typed of a synthesis. */
export interface SynthesisDraft {
  readonly method: 'aim' | 'mst';
  readonly epsilon: number | '';
  readonly delta: number;
  /** Empty: every row is a person of its own. */
  readonly subject: string;
  readonly cap: number | '';
  readonly rows: number | '';
  /** Whether the person says what columns may hold; else it is bought. */
  readonly declared: boolean;
  readonly domain: string;
}

export function startDraft(delta: number): SynthesisDraft {
  return { method: 'aim', epsilon: 1, delta, subject: '', cap: 1, rows: '', declared: false, domain: '' };
}

/** The plan as the node reads it; undefined while something is missing. */
export function synthesisPlan(draft: SynthesisDraft): object | undefined {
  const { method, epsilon, delta, subject, cap, rows, declared } = draft;
  if (epsilon === '' || !(epsilon > 0)) return undefined;
  if (subject !== '' && !(Number.isInteger(cap) && Number(cap) >= 1)) return undefined;
  const domain = declared ? domainIn(draft.domain) : null;
  if (domain === undefined) return undefined;
  return {
    ...{ method, epsilon, delta, domain },
    subject: subject === '' ? null : subject,
    rowsPerSubject: subject === '' ? 1 : cap,
    rows: rows === '' ? null : rows,
  };
}

function domainIn(text: string): unknown {
  try {
    const domain: unknown = JSON.parse(text);
    return typeof domain === 'object' && domain !== null ? domain : undefined;
  } catch {
    return undefined;
  }
}

import type { ScanClass } from './classes.ts';

/**
 * What a hit needs before it counts. `nothing`: the shape or a long check is enough, also for one hit in a million rows. `statistics`: a whole column
 * must fit far more often than chance, or the header must say so. `context`: only where header or neighbouring words name it.
 */
export type Needs = 'nothing' | 'statistics' | 'context';

/** One way to know a class by its values. */
export interface Detector {
  readonly class: ScanClass;
  /** Source of a regular expression without anchors, written for values without regard to case. */
  readonly pattern: string;
  /** What the shape leaves open: check digits, dates, ranges. */
  readonly valid?: (text: string) => boolean;
  /** Name of the check, for the report. */
  readonly validator?: string;
  /** Share of strings of this shape that pass by chance; 1 where nothing is checked. */
  readonly chance: number;
  readonly needs: Needs;
  /** Characters that must not stand beside a hit within a text; letters and digits when left out. */
  readonly edge?: string;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Compiled {
  readonly whole: RegExp;
  readonly inside: RegExp;
}

const compiled = new WeakMap<Detector, Compiled>();

function compile(detector: Detector): Compiled {
  const known = compiled.get(detector);
  if (known !== undefined) return known;
  const edge = detector.edge ?? '\\p{L}\\p{N}';
  const fresh = {
    whole: new RegExp(`^(?:${detector.pattern})$`, 'iu'),
    inside: new RegExp(`(?<![${edge}])(?:${detector.pattern})${behind(edge)}`, 'giu'),
  };
  compiled.set(detector, fresh);
  return fresh;
}

/** What must not follow. A full stop ends a sentence; only before more letters or digits does it belong to what is there. */
function behind(edge: string): string {
  return edge.includes('.') ? `(?![${edge.replace('.', '')}])(?!\\.[\\p{L}\\p{N}])` : `(?![${edge}])`;
}

/** What a whole value is to a detector, without the space around it: of another shape, of its shape, or also right. */
export function tryWhole(detector: Detector, value: string): 'other' | 'shape' | 'hit' {
  if (!compile(detector).whole.test(value)) return 'other';
  return (detector.valid?.(value) ?? true) ? 'hit' : 'shape';
}

/** Where in a text a detector finds something, and how often only the shape was right. */
export function spansIn(detector: Detector, text: string): { readonly hits: readonly Span[]; readonly shaped: number } {
  const hits: Span[] = [];
  let shaped = 0;
  for (const match of text.matchAll(compile(detector).inside)) {
    shaped += 1;
    if (detector.valid?.(match[0]) ?? true) hits.push({ start: match.index, end: match.index + match[0].length });
  }
  return { hits, shaped };
}

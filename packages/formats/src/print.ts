/** How a line looks: `code`, `time`, `digest` and `minor` are set in a fixed-width face and always run left to right; `time` and `minor` never break. A `figure` is a number with what goes with it: it runs left to right. */
export type LineStyle = 'plain' | 'figure' | 'strong' | 'note' | 'code' | 'time' | 'digest' | 'minor';

export interface Line {
  readonly text: string;
  readonly style: LineStyle;
  readonly label?: string;
  readonly tone?: 'good' | 'bad' | 'quiet';
}

export type Section =
  | {
      readonly kind: 'pairs';
      readonly heading: string;
      readonly rows: readonly { readonly label: string; readonly lines: readonly Line[] }[];
    }
  | {
      readonly kind: 'listing';
      readonly heading: string;
      /** What is said before the table. */
      readonly lines?: readonly Line[];
      /** Widths are shares of the line. */
      readonly columns: readonly { readonly label: string; readonly width: number }[];
      readonly rows: readonly (readonly (readonly Line[])[])[];
    }
  | { readonly kind: 'text'; readonly heading: string; readonly lines: readonly Line[] }
  | Pictured;

/** Sections with pictures. What a picture shows stands beside it as text: whoever cannot see it loses nothing. Shares and lengths are from 0 to 1. */
export type Pictured =
  | {
      /** A hundred dots; what `rows` do not count stays hollow. */
      readonly kind: 'dots';
      readonly heading: string;
      readonly lines: readonly Line[];
      readonly rows: readonly { readonly label: string; readonly count: number; readonly tone: 'plain' | 'strong' }[];
    }
  | {
      /** Points within their intervals on one scale, each beside a mark to compare with. */
      readonly kind: 'ranges';
      readonly heading: string;
      readonly lines: readonly Line[];
      readonly columns: readonly { readonly label: string; readonly width: number }[];
      /** What stands at both ends of the scale. */
      readonly scale: readonly [string, string];
      readonly rows: readonly RangeRow[];
    }
  | {
      /** Tables of two bars a row. */
      readonly kind: 'bars';
      readonly heading: string;
      readonly lines: readonly Line[];
      /** What the rows, the first and the second bars are called. */
      readonly names: readonly [string, string, string];
      readonly rows: readonly BarTable[];
    };

export interface RangeRow {
  readonly label: string;
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly mark: number;
  /** Cells after the picture. */
  readonly cells: readonly (readonly Line[])[];
}

export interface BarTable {
  readonly name: string;
  readonly note: string;
  readonly rows: readonly {
    readonly label: string;
    readonly quiet: boolean;
    readonly bars: readonly [number, number];
    readonly figures: readonly [string, string];
  }[];
}

/** What a template sets: texts only, in the order in which they are read. */
export interface Print {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly title: string;
  readonly lead: string | null;
  readonly issuer: string;
  readonly reference: string;
  /** Words of the band on top of every page, or null in production. */
  readonly band: string | null;
  /** Date in the file's properties: the document's own, so that the same document gives the same bytes. */
  readonly date: Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>>;
  readonly foot: { readonly label: string; readonly digest: string; readonly page: string };
  readonly sections: readonly Section[];
}

export const plain = (text: string): Line => ({ text, style: 'plain' });
export const strong = (text: string): Line => ({ text, style: 'strong' });
export const figure = (text: string): Line => ({ text, style: 'figure' });
export const note = (text: string): Line => ({ text, style: 'note' });
export const code = (text: string): Line => ({ text, style: 'code' });
export const digest = (text: string): Line => ({ text, style: 'digest' });

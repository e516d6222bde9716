/** How a line looks: `code`, `time`, `digest` and `minor` are set in a fixed-width face and always run left to right; `time` and `minor` never break. */
export type LineStyle = 'plain' | 'strong' | 'note' | 'code' | 'time' | 'digest' | 'minor';

export interface Line {
  readonly text: string;
  readonly style: LineStyle;
  readonly label?: string;
  readonly tone?: 'good' | 'bad';
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
      /** Widths are shares of the line. */
      readonly columns: readonly { readonly label: string; readonly width: number }[];
      readonly rows: readonly (readonly (readonly Line[])[])[];
    }
  | { readonly kind: 'text'; readonly heading: string; readonly lines: readonly Line[] };

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
export const note = (text: string): Line => ({ text, style: 'note' });
export const code = (text: string): Line => ({ text, style: 'code' });
export const digest = (text: string): Line => ({ text, style: 'digest' });

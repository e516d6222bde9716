/** HTML that was made by these functions, and by nothing else: whatever is a plain text is escaped. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | undefined | readonly (string | Html)[];

/** A piece of HTML; every text that is put into it is escaped. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((made, string, at) => made + string + told(parts[at]), '') };
}

function told(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'html' in part ? part.html : part.map(told).join('');
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark] ?? '');
}

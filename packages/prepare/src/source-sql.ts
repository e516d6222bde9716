import { quoteText } from './engine.ts';

interface Readable {
  readonly format: 'csv' | 'parquet';
  readonly delimiter: string | null;
  readonly columns: readonly { readonly name: string }[];
}

/** FROM clause that reads a checked source; parameter $1 is its path. Nothing is guessed from the data: every CSV value is text. */
export function fromSource({ format, delimiter, columns }: Readable): string {
  if (format === 'parquet') return 'FROM read_parquet($1)';
  const types = columns.map(({ name }) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  return (
    `FROM read_csv($1, auto_detect = false, header = true, strict_mode = true, encoding = 'utf-8', ` +
    `delim = ${quoteText(delimiter ?? ',')}, quote = '"', escape = '"', columns = {${types}})`
  );
}

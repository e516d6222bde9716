/** The format of a file by its name; what is neither Parquet nor JSON is read as CSV, and refused if it is not that. */
export function formatOf(file: string): 'csv' | 'parquet' | 'json' {
  const name = file.toLowerCase();
  if (name.endsWith('.parquet')) return 'parquet';
  return /\.(json|jsonl|ndjson)$/.test(name) ? 'json' : 'csv';
}

/** The format of a file by its name; what is not Parquet is read as CSV, and refused if it is not that. */
export function formatOf(file: string): 'csv' | 'parquet' {
  return file.toLowerCase().endsWith('.parquet') ? 'parquet' : 'csv';
}

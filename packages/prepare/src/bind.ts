import type { DuckDBValue } from '@duckdb/node-api';

/** Collects the values of a statement: what somebody asked for enters SQL only through here. */
export interface Binder {
  /** Takes a value, gives the placeholder that stands for it. */
  readonly bind: (value: DuckDBValue) => string;
  readonly values: readonly DuckDBValue[];
}

/** A binder whose $1 is the path of the source. */
export function binderFor(path: string): Binder {
  const values: DuckDBValue[] = [path];
  return { values, bind: (value) => `$${values.push(value)}` };
}

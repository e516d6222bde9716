import { columnsOf, type Evidence, type RowAt } from './evidence.ts';

/** An identifier that stands in what was opened, and in how many rows. */
export interface LinkNode {
  readonly value: string;
  readonly rows: number;
  /** How many others it stands together with. */
  readonly degree: number;
}

/** Two identifiers that stand in the same rows. */
export interface LinkEdge {
  readonly a: string;
  readonly b: string;
  readonly rows: readonly RowAt[];
}

export interface LinkGraph {
  readonly nodes: readonly LinkNode[];
  readonly edges: readonly LinkEdge[];
  /** Identifiers that are left out of the picture, because only the best linked are drawn. */
  readonly left: number;
}

/** Which identifiers, accounts and devices stand in the same rows. The picture keeps the best linked of them; with `around`, only one identifier and what stands with it. */
export function links(tables: readonly Evidence[], options: { readonly most: number; readonly around?: string }): LinkGraph {
  const edges = new Map<string, { readonly a: string; readonly b: string; readonly rows: RowAt[] }>();
  const seen = new Map<string, number>();
  for (const [table, evidence] of tables.entries()) {
    const columns = columnsOf(evidence, 'identifier', 'from', 'to');
    for (const [row, cells] of evidence.rows.entries()) {
      const values = [...new Set(columns.flatMap((column) => (cells[column] ? [cells[column]] : [])))].sort();
      for (const value of values) seen.set(value, (seen.get(value) ?? 0) + 1);
      addPairs(edges, values, { table, row });
    }
  }
  const wanted = [...edges.values()].filter(
    ({ a, b }) => options.around === undefined || a === options.around || b === options.around,
  );
  return drawn(wanted, seen, options.most);
}

function addPairs(
  edges: Map<string, { readonly a: string; readonly b: string; readonly rows: RowAt[] }>,
  values: readonly string[],
  at: RowAt,
): void {
  for (const [index, a] of values.entries())
    for (const b of values.slice(index + 1)) {
      const key = `${a}\n${b}`;
      const edge = edges.get(key) ?? { a, b, rows: [] };
      edge.rows.push(at);
      edges.set(key, edge);
    }
}

function drawn(edges: readonly LinkEdge[], seen: ReadonlyMap<string, number>, most: number): LinkGraph {
  const degrees = new Map<string, number>();
  for (const { a, b } of edges) for (const value of [a, b]) degrees.set(value, (degrees.get(value) ?? 0) + 1);
  const ranked = [...degrees]
    .map(([value, degree]) => ({ value, degree, rows: seen.get(value) ?? 0 }))
    .sort((one, other) => other.degree - one.degree || other.rows - one.rows || (one.value < other.value ? -1 : 1));
  const nodes = ranked.slice(0, most);
  const kept = new Set(nodes.map(({ value }) => value));
  return {
    nodes,
    edges: edges.filter(({ a, b }) => kept.has(a) && kept.has(b)).sort((one, other) => other.rows.length - one.rows.length),
    left: ranked.length - nodes.length,
  };
}

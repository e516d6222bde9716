type Path = readonly (string | number)[];

/** A copy of a pack's JSON with one legal detail changed, and what was changed. */
export interface Mutant {
  readonly what: string;
  readonly json: unknown;
}

/**
 * Every copy of a pack in which one detail of the law is wrong: a threshold off by one, a date off by a day, a value, a region member or
 * a branch left out, a test turned round, an exception dropped. The examples of the pack must notice each.
 */
export function mutantsOf(pack: unknown): readonly Mutant[] {
  const found: Mutant[] = [];
  walk(pack, [], (path, node) => {
    for (const [detail, value] of changesOf(path, node))
      found.push({ what: `${path.join('.')}: ${detail}`, json: withValue(pack, path, value) });
  });
  return found;
}

function walk(node: unknown, path: Path, visit: (path: Path, node: unknown) => void): void {
  if (path.includes('examples') || path.includes('cite') || path.includes('sources') || path.includes('reviewed')) return;
  visit(path, node);
  if (typeof node !== 'object' || node === null) return;
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(node)
    ? node.map((item, i) => [i, item])
    : Object.entries(node);
  for (const [key, value] of entries) walk(value, [...path, key], visit);
}

const LISTS = ['in', 'has', 'only', 'codes', 'of', 'all', 'any', 'unless', 'needs', 'duties'];
const OPPOSITE: Readonly<Record<string, string>> = {
  within: 'outside',
  outside: 'within',
  over: 'atLeast',
  atLeast: 'over',
  atMost: 'under',
  under: 'atMost',
  all: 'any',
  any: 'all',
};

function changesOf(path: Path, node: unknown): readonly (readonly [string, unknown])[] {
  const key = path.at(-1);
  if (typeof node === 'number' && key !== 'version' && key !== 'atLeast')
    return [
      [`${node} + 1`, node + (node < 1 ? 0.01 : 1)],
      [`${node} - 1`, node - (node < 1 ? 0.01 : 1)],
    ];
  if (typeof node === 'boolean' && key !== 'authority') return [[`not ${node}`, !node]];
  if (typeof node === 'string' && (key === 'from' || key === 'until'))
    return [
      ['a day later', shift(node, 1)],
      ['a day earlier', shift(node, -1)],
    ];
  if (Array.isArray(node) && LISTS.includes(String(key)))
    return node.length === 0
      ? []
      : node.map((item, i) => [`without ${JSON.stringify(item).slice(0, 60)}`, node.filter((_, j) => j !== i)] as const);
  if (typeof node === 'object' && node !== null && !Array.isArray(node)) return turned(node);
  return [];
}

function turned(node: object): readonly (readonly [string, unknown])[] {
  const [only, ...rest] = Object.entries(node);
  const opposite = only === undefined || rest.length > 0 ? undefined : OPPOSITE[only[0]];
  if (only === undefined || opposite === undefined || (Array.isArray(only[1]) && only[1].length < 2)) return [];
  return [[`${only[0]} -> ${opposite}`, { [opposite]: only[1] }]];
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function withValue(node: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(node)) return node.map((item, i) => (i === key ? withValue(item, rest, value) : item));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, item]) => [name, name === key ? withValue(item, rest, value) : item]),
  );
}

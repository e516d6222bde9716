import { quoteText } from '../engine.ts';
import type { Ask } from '../engines/ask.ts';

/** Longest piece of a text that is brought here around a find, from so far before it. */
const [BEFORE, PIECE] = [200, 2_000];

/**
 * Regular expressions of RE2 in the words of a cluster. It has one of two libraries: RE2 again, or one that goes back over a text and takes letters of all
 * scripts for parts of a word. For that one a word ends where ASCII's does, and what would make it go back far is taken out where it changes nothing.
 */
export async function shapesFor(ask: Ask, shapes: readonly string[]): Promise<readonly string[]> {
  const [[isAscii] = []] = await ask(`SELECT regexp_like('é1', '\\b1')`);
  return isAscii === true ? shapes : shapes.map(withLookaround);
}

/** A border of a word stands in our expressions beside a letter or digit, so that it is enough to look at its other side. */
function withLookaround(shape: string): string {
  return shape
    .replace(/\\b(?=$|[|)])/g, '(?![0-9A-Za-z_])')
    .replaceAll('\\b', '(?<![0-9A-Za-z_])')
    .replaceAll('[A-Za-z0-9._%+-]+@', '[A-Za-z0-9._%+-]@');
}

interface Sweeping {
  readonly shapes: readonly string[];
  readonly seed: number;
  /** How many of the rows found are brought here. */
  readonly back: number;
}

/** Statement of Trino: in how many rows a text `v` holds some shape, and pieces of some of them, chosen by a seeded hash. One by one the shapes are looked for faster than as one. */
export function sweepOnCluster(rows: string, { shapes, seed, back }: Sweeping): string {
  const hit = shapes.map((shape) => `regexp_like(v, ${quoteText(shape)})`).join(' OR ');
  const piece = `substr(x, greatest(1, regexp_position(x, ${quoteText(shapes.join('|'))}) - ${BEFORE}), ${PIECE})`;
  return `SELECT count(*), transform(min_by(v, ${hashOnCluster('v', seed)}, ${back}), x -> ${piece}) FROM (${rows}) WHERE ${hit}`;
}

/** SQL of Trino for a number that a text has under a seed, evenly spread. */
export function hashOnCluster(text: string, seed: number): string {
  return `from_big_endian_64(xxhash64(to_utf8(${quoteText(`${seed}:`)} || ${text})))`;
}

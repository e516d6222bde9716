import type { Place } from './layout.ts';
import type { LinkGraph } from './links.ts';

export const SIZE = { width: 900, height: 560 } as const;

/** The network as an SVG of its own, to be kept with a finding: the same bytes for the same graph, no script, no style from elsewhere. */
export function pictureOf({ nodes, edges }: LinkGraph, places: ReadonlyMap<string, Place>): string {
  const at = (value: string): readonly [string, string] => {
    const { x, y } = places.get(value) ?? { x: 0.5, y: 0.5 };
    return [(x * SIZE.width).toFixed(1), (y * SIZE.height).toFixed(1)];
  };
  const lines = edges.map(({ a, b, rows }) => {
    const [[x1, y1], [x2, y2]] = [at(a), at(b)];
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#7d8694" stroke-width="${Math.min(1 + Math.log2(rows.length), 6).toFixed(1)}"/>`;
  });
  const points = nodes.map(({ value, degree }) => {
    const [x, y] = at(value);
    return `<g transform="translate(${x} ${y})"><circle r="${Math.min(6 + degree, 16)}" fill="#17365f"/><text y="-12" text-anchor="middle" font-family="monospace" font-size="11">${escaped(value)}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}">${lines.join('')}${points.join('')}</svg>`;
}

function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (mark) => marks[mark] ?? '');
}

import type { LinkGraph } from './links.ts';

/** Where a node is drawn, in a square from 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const ROUNDS = 220;

/** Places for the nodes of a graph: they push each other away, what is linked is drawn together. The same graph always gives the same picture: two people who look speak of the same thing. */
export function layout({ nodes, edges }: Pick<LinkGraph, 'nodes' | 'edges'>): ReadonlyMap<string, Place> {
  const at = nodes.map((_, index) => ({
    x: 0.5 + 0.35 * Math.cos((2 * Math.PI * index) / nodes.length),
    y: 0.5 + 0.35 * Math.sin((2 * Math.PI * index) / nodes.length),
  }));
  const index = new Map(nodes.map(({ value }, place) => [value, place]));
  const ideal = 0.9 / Math.sqrt(Math.max(nodes.length, 1));
  for (let round = 0; round < ROUNDS; round++) {
    const moves = at.map(() => ({ x: 0, y: 0 }));
    pushApart(at, moves, ideal);
    for (const { a, b } of edges) pullTogether(at, moves, { a: index.get(a) ?? 0, b: index.get(b) ?? 0, ideal });
    const heat = 0.08 * (1 - round / ROUNDS);
    for (const [one, move] of moves.entries()) step(at[one], move, heat);
  }
  return new Map(nodes.map(({ value }, place) => [value, at[place] ?? { x: 0.5, y: 0.5 }]));
}

interface Moving {
  x: number;
  y: number;
}

function pushApart(at: readonly Moving[], moves: readonly Moving[], ideal: number): void {
  for (const [one, a] of at.entries())
    for (const [other, b] of at.entries()) {
      const move = moves[one];
      if (one === other || move === undefined) continue;
      const [dx, dy] = [a.x - b.x || 1e-4 * (one - other), a.y - b.y || 1e-4];
      const push = (ideal * ideal) / Math.max(dx * dx + dy * dy, 1e-6);
      move.x += dx * push;
      move.y += dy * push;
    }
}

function pullTogether(
  at: readonly Moving[],
  moves: readonly Moving[],
  edge: { readonly a: number; readonly b: number; readonly ideal: number },
): void {
  const [a, b, moveA, moveB] = [at[edge.a], at[edge.b], moves[edge.a], moves[edge.b]];
  if (a === undefined || b === undefined || moveA === undefined || moveB === undefined) return;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const pull = Math.hypot(dx, dy) / edge.ideal;
  moveA.x += dx * pull;
  moveA.y += dy * pull;
  moveB.x -= dx * pull;
  moveB.y -= dy * pull;
}

function step(one: Moving | undefined, move: Moving, heat: number): void {
  if (one === undefined) return;
  const length = Math.hypot(move.x, move.y) || 1;
  const by = Math.min(length, heat) / length;
  one.x = Math.min(0.97, Math.max(0.03, one.x + move.x * by));
  one.y = Math.min(0.97, Math.max(0.03, one.y + move.y * by));
}

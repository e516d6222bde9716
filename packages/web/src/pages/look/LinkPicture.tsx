import { type KeyboardEvent, useMemo, useRef } from 'react';
import { useWords } from '../../words/useWords.ts';
import { layout } from './layout.ts';
import type { LinkGraph, LinkNode } from './links.ts';
import { pictureOf, SIZE } from './picture.ts';

interface Props {
  readonly graph: LinkGraph;
  readonly chosen: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
  readonly onKeep: (picture: string) => void;
}

/** The network: each identifier a point that the keyboard reaches; Enter keeps to what stands with it, arrows go to the next one. */
export function LinkPicture({ graph, chosen, onChoose, onKeep }: Props) {
  const { t } = useWords();
  const box = useRef<SVGSVGElement>(null);
  const places = useMemo(() => layout(graph), [graph]);
  const at = (value: string): readonly [number, number] => {
    const { x, y } = places.get(value) ?? { x: 0.5, y: 0.5 };
    return [x * SIZE.width, y * SIZE.height];
  };
  const press = (event: KeyboardEvent, value: string): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
    if (event.key === 'Enter' || event.key === ' ') onChoose(chosen === value ? undefined : value);
    else if (step === 0) return;
    else focusStep(box.current, event.target, step);
    event.preventDefault();
  };
  return (
    <>
      <figure className="network" dir="ltr" aria-label={t('look.links.picture')}>
        <svg ref={box} viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}>
          <title>{t('look.links.picture')}</title>
          {graph.edges.map(({ a, b, rows }) => {
            const [[x1, y1], [x2, y2]] = [at(a), at(b)];
            const lit = chosen === undefined || a === chosen || b === chosen;
            return (
              <line
                key={`${a} ${b}`}
                x1={x1}
                y1={y1}
                x2={x2}
                y2={y2}
                strokeWidth={Math.min(1 + Math.log2(rows.length), 6)}
                className={lit ? 'edge' : 'edge dim'}
              />
            );
          })}
          {graph.nodes.map((node, index) => (
            <Point
              key={node.value}
              node={node}
              at={at(node.value)}
              first={index === 0}
              chosen={chosen === node.value}
              onPress={press}
              onChoose={onChoose}
            />
          ))}
        </svg>
      </figure>
      <p className="row small no-print">
        <span className="quiet">{t('look.links.keys')}</span>
        <button type="button" className="plain linked" onClick={() => onKeep(pictureOf(graph, places))}>
          {t('look.links.keep')}
        </button>
      </p>
    </>
  );
}

function focusStep(box: SVGSVGElement | null, from: EventTarget, step: number): void {
  const points = [...(box?.querySelectorAll<SVGGElement>('.point') ?? [])];
  const here = from instanceof SVGGElement ? points.indexOf(from) : -1;
  points[(here + step + points.length) % points.length]?.focus();
}

interface PointProps {
  readonly node: LinkNode;
  readonly at: readonly [number, number];
  readonly first: boolean;
  readonly chosen: boolean;
  readonly onPress: (event: KeyboardEvent, value: string) => void;
  readonly onChoose: (value: string | undefined) => void;
}

function Point({ node, at: [x, y], first, chosen, onPress, onChoose }: PointProps) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a picture
    <g
      className={chosen ? 'point chosen' : 'point'}
      role="button"
      tabIndex={first || chosen ? 0 : -1}
      aria-pressed={chosen}
      aria-label={t('look.links.point', { value: node.value, n: node.degree, rows: node.rows })}
      transform={`translate(${x} ${y})`}
      onKeyDown={(event) => onPress(event, node.value)}
      onClick={() => onChoose(chosen ? undefined : node.value)}
    >
      <circle r={Math.min(6 + node.degree, 16)} />
      <text y={-12} textAnchor="middle">
        {node.value}
      </text>
    </g>
  );
}

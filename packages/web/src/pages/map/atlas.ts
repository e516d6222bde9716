import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json';
import { CODE_OF_SHAPE, DOT_OF_COUNTRY } from './places.ts';

export const WIDTH = 960;
export const HEIGHT = 470;

/** A country on the map: a path, or a dot where the atlas has no shape of it. */
export interface Place {
  readonly code: string;
  readonly path?: string;
  /** Its middle, or its dot. */
  readonly x: number;
  readonly y: number;
}

let drawn: { readonly places: readonly Place[]; readonly nobody: string } | undefined;

/** The world in the Equal Earth projection, drawn once. `nobody`: land that the atlas gives to no code of the law. */
export function drawWorld(): { readonly places: readonly Place[]; readonly nobody: string } {
  drawn ??= draw();
  return drawn;
}

function draw(): { readonly places: readonly Place[]; readonly nobody: string } {
  // Parser: the atlas comes with its package; its form is described there.
  const atlas = world as unknown as Topology<{ readonly countries: GeometryCollection }>;
  const shapes = feature(atlas, atlas.objects.countries).features;
  const projection = geoEqualEarth().fitExtent(
    [
      [4, 4],
      [WIDTH - 4, HEIGHT - 4],
    ],
    { type: 'Sphere' },
  );
  const path = geoPath(projection).digits(1);
  const codeOf = (id: string | number | undefined): string | undefined => CODE_OF_SHAPE.get(String(id).padStart(3, '0'));
  const withShape = shapes.flatMap((shape): readonly Place[] => {
    const code = codeOf(shape.id);
    const [x, y] = path.centroid(shape);
    return code === undefined ? [] : [{ code, path: path(shape) ?? '', x, y }];
  });
  const dots = [...DOT_OF_COUNTRY].flatMap(([code, at]): readonly Place[] => {
    const point = projection([at[0], at[1]]);
    return point === null ? [] : [{ code, x: Math.round(point[0]), y: Math.round(point[1]) }];
  });
  const nobody = shapes
    .filter(({ id }) => codeOf(id) === undefined)
    .map((shape) => path(shape) ?? '')
    .join('');
  return { places: [...withShape, ...dots], nobody };
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The nearest place that lies in the direction of an arrow key, seen from another. */
export function neighbour(places: readonly Place[], from: Place, key: string): Place | undefined {
  const [dx, dy] = DIRECTIONS[key] ?? [0, 0];
  const scored = places.flatMap((place) => {
    const along = (place.x - from.x) * dx + (place.y - from.y) * dy;
    const aside = Math.abs((place.x - from.x) * dy) + Math.abs((place.y - from.y) * dx);
    return along > 0 && aside <= along * 2 ? [{ place, far: along + 2 * aside }] : [];
  });
  return scored.sort((a, b) => a.far - b.far)[0]?.place;
}

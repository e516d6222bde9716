import type { CountryVerdict, Verdict } from '@comity/assess';
import { type KeyboardEvent, useRef } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import { drawWorld, HEIGHT, neighbour, type Place, WIDTH } from './atlas.ts';

interface Props {
  readonly countries: readonly CountryVerdict[];
  /** Verdicts on show; the others are pale. */
  readonly shown: ReadonlySet<Verdict>;
  readonly chosen: string;
  readonly onChoose: (code: string) => void;
}

const { places, nobody } = drawWorld();

/** The world by verdict. One stop for the keyboard; arrows go from country to country. The table beside it says the same. */
export function WorldMap({ countries, shown, chosen, onChoose }: Props) {
  const { t, term } = useWords();
  const say = useFactWords();
  const map = useRef<SVGSVGElement>(null);
  const verdicts = new Map(countries.map(({ country, verdict }) => [country, verdict]));
  const bare = new Set(countries.flatMap(({ country, assessed }) => (assessed ? [] : [country])));
  const at = places.find(({ code }) => code === chosen) ?? places[0];
  const press = (event: KeyboardEvent): void => {
    const next = at === undefined ? undefined : neighbour(places, at, event.key);
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    if (next === undefined) return;
    onChoose(next.code);
    map.current?.querySelector<SVGGElement>(`[data-code=${next.code}]`)?.focus();
  };
  const mark = (place: Place) => {
    const verdict = verdicts.get(place.code) ?? 'undecided';
    const pale = shown.has(verdict) ? '' : ' pale';
    const current = place.code === chosen ? ' current' : '';
    return (
      // biome-ignore lint/a11y/useSemanticElements: an SVG has no button element
      <g
        key={place.code}
        data-code={place.code}
        role="button"
        tabIndex={place === at ? 0 : -1}
        className={`place ${verdict}${pale}${current}`}
        aria-pressed={place.code === chosen}
        aria-label={t(bare.has(place.code) ? 'map.place.bare' : 'map.place', {
          country: say.country(place.code),
          verdict: term(`verdict.${verdict}`),
        })}
        onClick={() => onChoose(place.code)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') onChoose(place.code);
        }}
      >
        <Shape place={place} />
        {bare.has(place.code) && (
          <g className="bare" aria-hidden>
            <Shape place={place} />
          </g>
        )}
      </g>
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset
    <svg
      ref={map}
      className="world"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={t('map.label')}
      onKeyDown={press}
    >
      <Patterns />
      <path className="nobody" d={nobody} aria-hidden />
      {places.map(mark)}
    </svg>
  );
}

function Shape({ place }: { readonly place: Place }) {
  return place.path === undefined ? <circle cx={place.x} cy={place.y} r={4} /> : <path d={place.path} />;
}

/** Marks beside colours: lines for what may not go, dots for what cannot be told, checks where laws collide. */
function Patterns() {
  return (
    <defs>
      <pattern id="map-bare" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2.2" height="6" className="over" />
      </pattern>
      <pattern id="map-undecided" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" className="under" />
        <circle cx="2.5" cy="2.5" r="0.9" className="over" />
      </pattern>
      <pattern id="map-conflict" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="under" />
        <rect width="3" height="6" className="over" />
      </pattern>
      <pattern id="map-authorisation" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" className="under" />
        <rect width="6" height="1.5" className="over" />
      </pattern>
    </defs>
  );
}

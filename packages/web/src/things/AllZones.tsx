import { useWords } from '../words/useWords.ts';
import { placeOf, wallIn } from '../words/when.ts';

/** A moment on the clocks of everybody whom it concerns, this office's first, and in UTC. Places whose clocks show the same share a line. */
export function AllZones({ at, own, zones }: { readonly at: string; readonly own: string; readonly zones: readonly string[] }) {
  const { locale } = useWords();
  const all = [...new Set([own, ...zones, 'UTC'])];
  const lines = [...Map.groupBy(all, (zone) => wallIn(at, zone, locale))];
  return (
    <time dateTime={at} className="zones">
      {lines.map(([wall, same], index) => (
        <bdi key={wall} className={index === 0 ? 'period-line' : 'period-line quiet small'}>
          {`${wall} (${[...new Set(same.map(placeOf))].join(' = ')})`}
        </bdi>
      ))}
    </time>
  );
}

import { useWords } from '../words/useWords.ts';
import { momentIn, placeOf, wallIn } from '../words/when.ts';

/** A moment in one zone, as one unbroken, isolated piece of text. */
export function Moment({ at, zone }: { readonly at: string; readonly zone: string }) {
  const { locale } = useWords();
  return (
    <time dateTime={at} className="moment">
      <bdi>{momentIn(at, zone, locale)}</bdi>
    </time>
  );
}

/** A moment where it counts and where it is read; UTC when both are the same place. Said once where both clocks show the same. */
export function BothZones({ at, zone, own }: { readonly at: string; readonly zone: string; readonly own: string }) {
  const { locale } = useWords();
  const other = zone === own ? 'UTC' : own;
  const [here, there] = [wallIn(at, zone, locale), wallIn(at, other, locale)];
  if (here === there)
    return (
      <time dateTime={at} className="moment">
        <bdi>{`${here} (${[...new Set([placeOf(zone), placeOf(other)])].join(' = ')})`}</bdi>
      </time>
    );
  return (
    <>
      <Moment at={at} zone={zone} />{' '}
      <span className="quiet">
        = <Moment at={at} zone={other} />
      </span>
    </>
  );
}

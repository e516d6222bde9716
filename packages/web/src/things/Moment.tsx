import { useWords } from '../words/useWords.ts';
import { momentIn } from '../words/when.ts';

/** A moment in one zone, as one unbroken, isolated piece of text. */
export function Moment({ at, zone }: { readonly at: string; readonly zone: string }) {
  const { locale } = useWords();
  return (
    <time dateTime={at} className="moment">
      <bdi>{momentIn(at, zone, locale)}</bdi>
    </time>
  );
}

/** A moment where it counts and where it is read; UTC when both are the same place. */
export function BothZones({ at, zone, own }: { readonly at: string; readonly zone: string; readonly own: string }) {
  const other = zone === own ? 'UTC' : own;
  return (
    <>
      <Moment at={at} zone={zone} />
      {other !== zone && (
        <>
          {' '}
          <span className="quiet">
            = <Moment at={at} zone={other} />
          </span>
        </>
      )}
    </>
  );
}

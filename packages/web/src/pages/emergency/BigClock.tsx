import type { Clock } from '@comity/procedure';
import { useNow } from '../../api/now.ts';
import { AllZones } from '../../things/AllZones.tsx';
import { Basis } from '../../things/Basis.tsx';
import { ClockState } from '../../things/Clock.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { remaining } from '../../words/when.ts';

/** An hour's clock, large: how long is left, until when on every clock, what is owed, and what happens without it. */
export function BigClock({
  clock,
  owed,
  zones = [],
}: {
  readonly clock: Clock;
  readonly owed?: string;
  readonly zones?: readonly string[];
}) {
  const words = useWords();
  const { t, term } = words;
  const { zone } = useOwn();
  const now = useNow();
  const strict = Date.parse(clock.strict);
  const span = remaining(strict - now, words);
  return (
    <section className="bigclock" aria-label={term(`clock.${clock.id}`)}>
      <p className="small quiet">{term(`clock.${clock.id}`)}</p>
      <p className="left">
        {clock.state === 'stopped' ? t('clock.stopped') : now < strict ? t('clock.in', { span }) : t('clock.ago', { span })}
      </p>
      <ClockState clock={clock} />
      <AllZones at={clock.strict} own={zone} zones={[clock.zone, ...zones]} />
      {owed !== undefined && <p>{owed}</p>}
      <p>
        <strong>{t('emergency.without')}</strong> {term(`clock.${clock.id}.then`)} <Basis cite={clock.cite} />
      </p>
    </section>
  );
}

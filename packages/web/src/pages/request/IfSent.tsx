import type { GateView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { useFieldName } from './PredictionLine.tsx';

/** What follows if the draft is sent as it is: until when it is answered, who else is told, and what nobody has looked at. */
export function IfSent({ view: { forecast } }: { readonly view: GateView }) {
  const { t } = useWords();
  const label = useFieldName();
  const { clock, notify, unstated, decision } = forecast.gate;
  if (decision !== 'allowed') return null;
  const [, days, hours] = /^P(?:(\d+)D|T(\d+)H)$/.exec(clock?.length ?? '') ?? [];
  return (
    <>
      <h3>{t('refusal.then')}</h3>
      <ul>
        {days !== undefined && <li>{t('refusal.due.days', { n: Number(days) })}</li>}
        {hours !== undefined && <li>{t('refusal.due.hours', { n: Number(hours) })}</li>}
        <li>{t(notify ? 'refusal.notify' : 'refusal.no-notify')}</li>
      </ul>
      {unstated.length > 0 && (
        <>
          <h3>{t('refusal.unstated')}</h3>
          <ul>
            {unstated.map((name) => (
              <li key={name}>{label(name)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

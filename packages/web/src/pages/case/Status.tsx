import type { CaseView } from '@comity/node/api';
import { ClockLine } from '../../things/Clock.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { inOrder } from '../../things/order.ts';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { firstDuty } from './firstDuty.ts';

/** In one sentence: who must act, on what, by when; and what happens if nobody does. Where hours count, what has a clock comes first. */
export function Status({ view, hours = false }: { readonly view: CaseView; readonly hours?: boolean }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const duty = firstDuty(view.duties, party?.id, hours);
  const closed = Object.values(view.tracks).some((state) => state === 'closed' || state === 'withdrawn');
  const sentence =
    duty === undefined
      ? t(closed ? 'status.closed' : 'status.nothing')
      : term(`duty.${duty.id}`, { party: nameOf(view.parties, duty.party) });
  return (
    <header className="status">
      <p className="kicker quiet small">
        {term(`procedure.${view.procedure.id}`)} <bdi className="mono">{shortId(view.id)}</bdi>
        {' · '}
        {inOrder(Object.entries(view.tracks))
          .filter(([, state]) => state !== 'none')
          .map(([track, state]) => t('status.track', { track: term(`track.${track}`), state: term(`track.${track}.${state}`) }))
          .join(' · ')}
      </p>
      <h1>{sentence}</h1>
      {duty?.clock !== undefined && (
        <p>
          <ClockLine clock={duty.clock} />
          <br />
          <span className="quiet">{term(`clock.${duty.clock.id}.then`)}</span>
        </p>
      )}
      {duty !== undefined && duty.clock === undefined && <p className="quiet">{t('clock.none')}</p>}
      {duty !== undefined && duty.party !== party?.id && <p>{t('status.theirs', { party: nameOf(view.parties, duty.party) })}</p>}
      {!view.procedure.reviewed && <p className="small quiet">{t('status.unreviewed')}</p>}
    </header>
  );
}

import type { PartyView } from '@comity/node/api';
import type { Duty } from '@comity/procedure';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { ClockLine } from './Clock.tsx';
import { nameOf } from './nameOf.ts';

/** One duty: who owes what, by when, on which basis. */
export function DutyLine({ duty, parties }: { readonly duty: Duty; readonly parties: readonly PartyView[] }) {
  const { t, term } = useWords();
  return (
    <li className="duty">
      <span>{term(`duty.${duty.id}`, { party: nameOf(parties, duty.party) })}</span>{' '}
      {duty.clock === undefined ? <span className="quiet">{t('clock.none')}</span> : <ClockLine clock={duty.clock} />}{' '}
      <Basis cite={duty.cite} />
    </li>
  );
}

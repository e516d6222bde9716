import type { AssessView } from '@comity/node/api';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { assessed } from '../../api/law.ts';
import { Loading } from '../../things/Loading.tsx';
import { PartyChip } from '../../things/PartyChip.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';
import type { Candidate } from './candidates.ts';

interface Props {
  readonly candidates: readonly Candidate[];
  readonly on: string;
  readonly chosen: string | undefined;
}

/** The candidates side by side: verdict, what stands in the way, what is owed before sending, what is not known. */
export function CompareTable({ candidates, on, chosen }: Props) {
  const { t } = useWords();
  const answers = useQueries({ queries: candidates.map(({ facts }) => assessed({ facts, on })) });
  const error = answers.find((answer) => answer.error !== null)?.error;
  if (error !== undefined) return <Problem error={error} />;
  if (answers.some((answer) => answer.data === undefined)) return <Loading what={t('assess.waiting')} />;
  return (
    <Scroll label={t('assess.compare')}>
      <table className="compare">
        <caption>{t('assess.compare')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('assess.candidate')}</th>
            <th scope="col">{t('assess.verdict')}</th>
            <th scope="col">{t('assess.regimes')}</th>
            <th scope="col" className="number">
              {t('assess.before')}
            </th>
            <th scope="col" className="number">
              {t('assess.later')}
            </th>
            <th scope="col" className="number">
              {t('assess.missing')}
            </th>
            <th scope="col">{t('assess.look')}</th>
          </tr>
        </thead>
        <tbody>
          {candidates.map((candidate, index) => (
            <Row
              key={candidate.party.id}
              candidate={candidate}
              answer={answers[index]?.data}
              chosen={candidate.party.id === chosen}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({
  candidate,
  answer,
  chosen,
}: {
  readonly candidate: Candidate;
  readonly answer: AssessView | undefined;
  readonly chosen: boolean;
}) {
  const { t, term } = useWords();
  if (answer === undefined) return null;
  const { verdict, regimes, missing } = answer.assessment;
  const duties = Object.values(regimes).flatMap((regime) => regime.duties);
  const words = (wanted: boolean): number =>
    new Set(duties.filter((duty) => (duty.phase === 'pre') === wanted && duty.met !== true).map((duty) => duty.duty)).size;
  const speaking = Object.entries(regimes).filter(([, regime]) => regime.verdict !== 'free');
  return (
    <tr aria-selected={chosen}>
      <th scope="row">
        <PartyChip party={candidate.party} id={candidate.party.id} />
      </th>
      <td data-label={t('assess.verdict')}>
        <Verdict verdict={verdict} />
      </td>
      <td data-label={t('assess.regimes')}>{speaking.map(([regime]) => term(`regime.${regime}`)).join('; ') || '–'}</td>
      <td className="number" data-label={t('assess.before')}>
        {words(true)}
      </td>
      <td className="number" data-label={t('assess.later')}>
        {words(false)}
      </td>
      <td className="number" data-label={t('assess.missing')}>
        {missing.length}
      </td>
      <td>
        {chosen ? (
          <span aria-current="true">{t('assess.shown')}</span>
        ) : (
          <Link to="." search={(before) => ({ ...before, party: candidate.party.id })} resetScroll={false}>
            {t('assess.why', { party: candidate.party.name })}
          </Link>
        )}
      </td>
    </tr>
  );
}

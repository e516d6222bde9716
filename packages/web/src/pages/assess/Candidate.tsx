import type { CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { assessed } from '../../api/law.ts';
import { Caveats } from '../../things/Caveats.tsx';
import { DutyTable } from '../../things/DutyTable.tsx';
import { FactTable } from '../../things/FactTable.tsx';
import { Loading } from '../../things/Loading.tsx';
import { NotAssessed } from '../../things/NotAssessed.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Reasons } from '../../things/Reasons.tsx';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';
import { AssessActs } from './AssessActs.tsx';
import type { Candidate as CandidateParty } from './candidates.ts';
import { Ways } from './Ways.tsx';

interface Props {
  readonly view: CaseView;
  readonly candidate: CandidateParty;
  readonly on: string;
  readonly have: readonly string[];
}

/** One candidate in full: the verdict first, then why, then what to do. */
export function Candidate({ view, candidate, on, have }: Props) {
  const { t, term, locale } = useWords();
  const { data, error } = useQuery(assessed({ facts: candidate.facts, on }));
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return <Loading what={t('assess.waiting')} />;
  const { assessment } = data;
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(candidate.party.country) ?? candidate.party.country;
  return (
    <div className="candidate">
      <section className="section" aria-live="polite">
        <h2>{t('assess.to', { party: candidate.party.name, country })}</h2>
        <p>
          <Verdict verdict={assessment.verdict} large />
        </p>
        <p>{t(`assess.says.${assessment.verdict}`)}</p>
        <Caveats assessment={assessment} />
      </section>
      <Reasons assessment={assessment} />
      {assessment.missing.length > 0 && (
        <section className="section">
          <h2>{t('assess.missing.title', { n: assessment.missing.length })}</h2>
          <ul>
            {assessment.missing.map((fact) => (
              <li key={fact}>{term(`fact.${fact}`)}</li>
            ))}
          </ul>
        </section>
      )}
      <DutyTable assessment={assessment} />
      <Ways facts={candidate.facts} on={on} verdict={assessment.verdict} have={have} />
      <FactTable facts={candidate.facts} />
      <AssessActs view={view} candidate={candidate} assessment={assessment} />
      <NotAssessed regimes={assessment.notAssessed} />
    </div>
  );
}

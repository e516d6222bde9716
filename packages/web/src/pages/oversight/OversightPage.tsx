import { useQuery } from '@tanstack/react-query';
import { oversight } from '../../api/queries.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { ContradictionList } from './ContradictionList.tsx';
import { LogTable } from './LogTable.tsx';
import { OverdueList } from './OverdueList.tsx';
import { ReadingSection } from './ReadingSection.tsx';
import './oversight.css';

/** What an overseer sees of other offices: their logs and what speaks against them, where one contradicts another, and who looked into what. */
export function OversightPage() {
  const { t } = useWords();
  const { data, error } = useQuery(oversight);
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return (
    <>
      <h1>{t('oversight.title')}</h1>
      <p>{t('oversight.lead')}</p>
      <LogTable logs={data.logs} />
      <OverdueList view={data} />
      <ContradictionList view={data} />
      <ReadingSection view={data} />
    </>
  );
}

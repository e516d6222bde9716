import type { Change } from '@comity/assess';
import type { FactValue } from '@comity/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { assessedLive, vocabulary } from '../../api/law.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { DutyTable } from '../../things/DutyTable.tsx';
import { Loading } from '../../things/Loading.tsx';
import { NotAssessed } from '../../things/NotAssessed.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Reasons } from '../../things/Reasons.tsx';
import { useWords } from '../../words/useWords.ts';
import { Answer } from './Answer.tsx';
import { forget, skip, state, take } from './askDraft.ts';
import { Contradiction } from './Contradiction.tsx';
import { Instead } from './Instead.tsx';
import { Memo } from './Memo.tsx';
import { Packs } from './Packs.tsx';
import { Question } from './Question.tsx';
import { StartFrom } from './StartFrom.tsx';
import { Stated } from './Stated.tsx';
import { useAsk } from './useAsk.ts';
import './ask.css';

/** May it go? One question at a time, and the answer as it stands after each. */
export function AskPage() {
  const { t } = useWords();
  const { draft, transfer, today, waiting } = useAsk();
  const words = useQuery(vocabulary);
  const { data, error, isPlaceholderData } = useQuery({ ...assessedLive(transfer), enabled: draft.ready });
  const { fact: chosen } = useSearch({ strict: false });
  const navigate = useNavigate();
  const stale = isPlaceholderData || waiting;
  const answered = useRef(false);
  if (!draft.ready || words.data === undefined) return words.error === null ? <Loading /> : <Problem error={words.error} />;
  const { value } = draft;
  // While the next answer is on its way, what has just been said is not asked again.
  const isSaid = (fact: string): boolean => stale && value.facts[fact] !== undefined;
  const open = (data?.ask ?? []).filter(({ fact }) => !value.unsure.includes(fact) && !isSaid(fact));
  const asked = chosen ?? open[0]?.fact;
  const done = (): void => {
    if (chosen !== undefined) void navigate({ to: '.', search: ({ fact: _, ...rest }) => rest, resetScroll: false });
  };
  const answer = (fact: string, given: FactValue | undefined): void => {
    answered.current = true;
    draft.set(given === undefined ? skip(value, fact) : state(value, fact, given));
    done();
  };
  const tryWay = (changes: readonly Change[]): void => draft.set(take(value, changes, words.data));
  return (
    <>
      <h1>{t('ask.title')}</h1>
      <p>{t('ask.lead')}</p>
      <StartFrom draft={draft} today={today} />
      {error !== null && <Contradiction error={error} words={words.data} />}
      {data !== undefined && (
        <Answer
          data={data}
          open={open.length}
          unsure={data.ask.length - open.length}
          stale={stale}
          started={hasFacts(value.facts)}
        />
      )}
      <div className="ask-columns">
        <div>
          {asked !== undefined && (
            <Question
              key={`${asked} ${chosen === undefined}`}
              name={asked}
              words={words.data}
              given={value.facts[asked]}
              next={data?.ask.find(({ fact }) => fact === asked)}
              onAnswer={answer}
              focused={answered.current || chosen !== undefined}
              {...(chosen === undefined ? {} : { onCancel: done })}
            />
          )}
          <Stated draft={value} words={words.data} ask={data?.ask ?? []} onForget={(fact) => draft.set(forget(value, fact))} />
          <DraftNote draft={draft} />
        </div>
        {data !== undefined && hasFacts(value.facts) && (
          <div aria-busy={stale}>
            <NotAssessed regimes={data.assessment.notAssessed} />
            <Reasons assessment={data.assessment} />
            <DutyTable assessment={data.assessment} />
            <Instead transfer={transfer} verdict={data.assessment.verdict} draft={draft} onTry={tryWay} />
          </div>
        )}
      </div>
      {data !== undefined && hasFacts(value.facts) && (
        <>
          <section className="section" aria-labelledby="elsewhere">
            <h2 id="elsewhere">{t('ask.map.title')}</h2>
            <p>{t('ask.map.lead')}</p>
            <Link to="/ask/map" className="button quiet-button">
              {t('ask.map.open')}
            </Link>
          </section>
          <Memo transfer={transfer} />
          <Packs assessment={data.assessment} record={data.record} />
        </>
      )}
    </>
  );
}

function hasFacts(facts: object): boolean {
  return Object.keys(facts).length > 0;
}

import type { NextQuestion } from '@comity/assess';
import type { FactValue } from '@comity/core';
import type { FactWords, VocabularyView } from '@comity/node/api';
import { useEffect, useRef } from 'react';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import { FactInput } from './FactInput.tsx';

interface Props {
  readonly name: string;
  readonly words: VocabularyView;
  readonly given: FactValue | undefined;
  readonly next: NextQuestion | undefined;
  /** Undefined: not known. */
  readonly onAnswer: (fact: string, value: FactValue | undefined) => void;
  readonly onCancel?: () => void;
  /** Whether somebody was led here: then the keyboard and the screen reader begin here. */
  readonly focused: boolean;
}

/** One fact is asked for: what it means, who asks, and that it may be unknown. */
export function Question({ name, words, given, next, onAnswer, onCancel, focused }: Props) {
  const { t, term } = useWords();
  const say = useFactWords();
  const fact = words.facts.find((one) => one.name === name);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) title.current?.focus();
  }, [focused]);
  if (fact === undefined) return null;
  return (
    <section className="question" aria-labelledby="question">
      <h2 id="question" tabIndex={-1} ref={title}>
        {say.name(name)}
      </h2>
      {fact.is.toLowerCase() !== say.name(name).toLowerCase() && (
        <p className="meaning">
          <bdi lang="en">{sentence(fact)}</bdi>
        </p>
      )}
      <FactInput fact={fact} words={words} given={given} next={next} onAnswer={(value) => onAnswer(name, value)} />
      <div className="row question-foot">
        <button type="button" className="plain linked" onClick={() => onAnswer(name, undefined)}>
          {t('ask.unknown')}
        </button>
        {onCancel !== undefined && (
          <button type="button" className="plain linked" onClick={onCancel}>
            {t('ask.cancel')}
          </button>
        )}
      </div>
      {next !== undefined && (
        <details className="small quiet">
          <summary>{t(next.left === 1 ? 'ask.closes' : 'ask.asks', { n: next.regimes.length })}</summary>
          <ul>
            {next.regimes.map((regime) => (
              <li key={regime}>{term(`regime.${regime}`)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function sentence({ is }: FactWords): string {
  return `${is.charAt(0).toUpperCase()}${is.slice(1)}${/[.)]$/.test(is) ? '' : '.'}`;
}

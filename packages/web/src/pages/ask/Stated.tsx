import type { NextQuestion } from '@comity/assess';
import type { FactWords, VocabularyView } from '@comity/node/api';
import { NativeSelect } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';
import type { AskDraft } from './askDraft.ts';

interface Props {
  readonly draft: AskDraft;
  readonly words: VocabularyView;
  readonly ask: readonly NextQuestion[];
  readonly onForget: (fact: string) => void;
}

/** What was said, what is not known, and what else may be said. */
export function Stated({ draft, words, ask, onForget }: Props) {
  const { t } = useWords();
  const say = useFactWords();
  const stated = words.facts.filter(({ name }) => draft.facts[name] !== undefined);
  const unsure = draft.unsure.filter((fact) => draft.facts[fact] === undefined);
  return (
    <section className="section stated" aria-labelledby="stated">
      <h2 id="stated">{t('ask.stated', { n: stated.length })}</h2>
      {GROUPS.map((group) => (
        <Group
          key={group}
          name={group}
          facts={stated.filter((fact) => fact.group === group)}
          few={stated.length <= FEW}
          draft={draft}
          onForget={onForget}
        />
      ))}
      {unsure.length > 0 && (
        <>
          <h3>{t('ask.unsure')}</h3>
          <ul>
            {unsure.map((fact) => (
              <li key={fact}>
                {say.name(fact)}{' '}
                <Change fact={fact} label={t('ask.change', { fact: say.name(fact) })} text={t('ask.answer-now')} />
                {!ask.some((next) => next.fact === fact) && <span className="quiet small"> {t('ask.matters-not')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <StateAnother words={words} draft={draft} />
    </section>
  );
}

/** So many facts are shown at once; more are folded, group by group. */
const FEW = 20;

interface GroupProps extends Pick<Props, 'draft' | 'onForget'> {
  readonly name: (typeof GROUPS)[number];
  readonly facts: readonly FactWords[];
  readonly few: boolean;
}

function Group({ name, facts, few, draft, onForget }: GroupProps) {
  const { t, term } = useWords();
  const say = useFactWords();
  if (facts.length === 0) return null;
  return (
    <details className="group" open={few}>
      <summary>{t('ask.group', { group: term(`ask.group.${name}`), n: facts.length })}</summary>
      <dl className="said">
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{say.name(fact.name)}</dt>
            <dd>
              <bdi>{say.value(draft.facts[fact.name] ?? '')}</bdi>
            </dd>
            <dd className="row small">
              <Change fact={fact.name} label={t('ask.change', { fact: say.name(fact.name) })} text={t('ask.change.short')} />
              <button
                type="button"
                className="plain linked"
                aria-label={t('ask.forget', { fact: say.name(fact.name) })}
                onClick={() => onForget(fact.name)}
              >
                {t('ask.forget.short')}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Change({ fact, label, text }: { readonly fact: string; readonly label: string; readonly text: string }) {
  return (
    <Link to="." search={(before) => ({ ...before, fact })} resetScroll={false} hash="question" aria-label={label}>
      {text}
    </Link>
  );
}

const GROUPS = ['exporter', 'importer', 'data', 'flow', 'purpose', 'onward', 'safeguards', 'procedure'] as const;

/** Any fact may be stated before it is asked for: promises above all, which nobody is asked for. */
function StateAnother({ words, draft }: Pick<Props, 'words' | 'draft'>) {
  const { t, term } = useWords();
  const say = useFactWords();
  const navigate = useNavigate();
  const left = words.facts.filter(({ name }) => draft.facts[name] === undefined);
  const data = GROUPS.map((group) => ({
    group: term(`ask.group.${group}`),
    items: left.filter((fact) => fact.group === group).map(({ name }) => ({ value: name, label: say.name(name) })),
  })).filter(({ items }) => items.length > 0);
  return (
    <NativeSelect
      className="another"
      label={t('ask.another')}
      value=""
      onChange={(event) => {
        const fact = event.currentTarget.value;
        if (fact !== '')
          void navigate({ to: '.', search: (before) => ({ ...before, fact }), hash: 'question', resetScroll: false });
      }}
      data={[{ value: '', label: t('choose') }, ...data]}
    />
  );
}

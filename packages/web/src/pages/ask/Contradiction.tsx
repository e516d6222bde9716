import type { VocabularyView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { Problem } from '../../things/Problem.tsx';
import { useFactWords } from '../../things/useFactWords.ts';
import { useWords } from '../../words/useWords.ts';

/** Why the node does not answer; facts that cannot be true together are named, with the reason. */
export function Contradiction({ error, words }: { readonly error: unknown; readonly words: VocabularyView }) {
  const { t } = useWords();
  const say = useFactWords();
  const problem = error instanceof Refusal ? error.problem : undefined;
  const found = words.contradictions.find(({ id }) => id === problem?.values?.['reason']);
  return (
    <>
      <Problem error={error} kept />
      {found !== undefined && (
        <p className="unreviewed">
          {t('ask.contradiction', { facts: found.facts.map(say.name).join('; ') })} <bdi lang="en">{found.says}</bdi>{' '}
          {found.facts.map((fact) => (
            <Link key={fact} to="." search={(before) => ({ ...before, fact })} resetScroll={false} hash="question">
              {t('ask.change', { fact: say.name(fact) })}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

import { useEffect, useRef } from 'react';
import { Refusal } from '../api/client.ts';
import { addWords } from '../words/catalogue.ts';
import { useWords } from '../words/useWords.ts';
import './problem.css';

interface Props {
  /** What was thrown; nothing is shown for nothing. */
  readonly error: unknown;
  /** Whether what was typed is still there, so that it can be said. */
  readonly kept?: boolean;
  /** Id of the input that a refused field belongs to. */
  readonly inputOf?: (field: string) => string | undefined;
}

/** What happened, what to do, what was kept. Takes the focus, so that nobody misses it. */
export function Problem({ error, kept, inputOf }: Props) {
  const { t, term, has } = useWords();
  const said = (key: string, values?: Refusal['problem']['values']): string => (has(key) ? term(key, values) : '');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error === null || error === undefined) return;
    box.current?.focus();
    // The first page has no room for what it hardly ever says.
    void addWords('errors');
  }, [error]);
  if (error === null || error === undefined) return null;
  const problem = error instanceof Refusal ? error.problem : { code: 'internal' };
  const { because, cite } = problem.values ?? {};
  const input = problem.field === undefined ? undefined : inputOf?.(problem.field);
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>
          {problem.code === 'unreachable' ? t('problem.unreachable') : said(`error.${problem.code}`, problem.values)}
        </strong>
        {typeof because === 'string' && <> {term(`because.${because}`)}</>}
        {typeof because === 'string' && typeof cite === 'string' && cite !== '' && <bdi className="small quiet"> {cite}</bdi>}
      </p>
      <p>{problem.code === 'unreachable' ? t('problem.unreachable.next') : said(`error.${problem.code}.next`)}</p>
      {problem.field !== undefined && (
        <p>
          {t('problem.field')} {input === undefined ? <code>{problem.field}</code> : <a href={`#${input}`}>{problem.field}</a>}
        </p>
      )}
      {kept === true && <p>{t('problem.kept')}</p>}
    </div>
  );
}

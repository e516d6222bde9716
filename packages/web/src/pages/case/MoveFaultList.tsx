import { useEffect, useRef } from 'react';
import { useWords } from '../../words/useWords.ts';
import type { MoveFaults } from './moveDraft.ts';
import '../../things/problem.css';

/** What is still missing before the act can be made, each a link to its field. */
export function MoveFaultList({ faults }: { readonly faults: MoveFaults }) {
  const { t, term } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(faults);
  const some = entries.length > 0;
  useEffect(() => {
    if (some) box.current?.focus();
  }, [some]);
  if (!some) return null;
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>{t('faults.title', { n: entries.length })}</strong>
      </p>
      <ul>
        {entries.map(([id, code]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {term(`error.${code}`)} <span className="quiet">{term(`error.${code}.next`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

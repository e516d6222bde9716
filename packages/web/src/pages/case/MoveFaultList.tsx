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
  const said = (id: string, fault: string): string => {
    const field = labelOf(id);
    return field === undefined ? fault : t('faults.line', { field, fault });
  };
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
              {said(id, term(`error.${code}`))} <span className="quiet">{term(`error.${code}.next`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a field is called on the page, so that a list of what is missing says which. A choice among several is called as its group is. */
function labelOf(id: string): string | undefined {
  const field = document.getElementById(id);
  const group = field?.closest('[role="radiogroup"]')?.getAttribute('aria-labelledby');
  const label = group == null ? document.querySelector(`label[for="${CSS.escape(id)}"]`) : document.getElementById(group);
  return label?.textContent?.replace(/\s*\*$/, '').trim() || undefined;
}

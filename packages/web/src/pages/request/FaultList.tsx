import { useEffect, useRef } from 'react';
import { useWords } from '../../words/useWords.ts';
import type { Faults } from './order.ts';
import '../../things/problem.css';

/** Everything that is still wrong, on top, each a link to its field. */
export function FaultList({ faults }: { readonly faults: Faults }) {
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
        {entries.map(([path, code]) => (
          <li key={path}>
            <a
              href={`#${path}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(path)?.focus();
              }}
            >
              {t('faults.line', { field: labelOf(path, term), fault: term(`error.${code}`) })}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Fields inside a section, by their own names. */
const NAMED: Readonly<Record<string, string>> = {
  'sections.offence.statute': 'member.statute',
  'sections.necessity.summary': 'order.offence',
};

/** What people call the field behind a path. */
export function usePathName(): (path: string) => string {
  const { term } = useWords();
  return (path) => labelOf(path, term);
}

/** What people call a field: items by their number, others by their name. */
function labelOf(path: string, term: (key: string, values?: Record<string, string | number>) => string): string {
  const item = /^data\.items\.(\d+)\.(.+)$/.exec(path);
  if (item !== null)
    return term('member.item.field', { number: Number(item[1]) + 1, field: term(`item.${item[2]?.split('.').at(-1)}`) });
  const name = path.split('.').at(-1) ?? path;
  const key = path.startsWith('sections.')
    ? `section.${name}`
    : path.startsWith('data.seats.')
      ? `seat.${name}`
      : `member.${name}`;
  return term(NAMED[path] ?? key);
}

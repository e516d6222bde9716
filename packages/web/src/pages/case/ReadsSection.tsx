import type { CaseView } from '@comity/node/api';
import { Moment } from '../../things/Moment.tsx';
import { useWords } from '../../words/useWords.ts';

/** Who of this office opened the case or a delivery in it, why they said they did, and where the log says so. */
export function ReadsSection({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  return (
    <section className="section no-print" aria-label={t('case.opened')}>
      <details>
        <summary>{t('case.opened.n', { n: view.reads.length })}</summary>
        <ul>
          {view.reads.map((read) => (
            <li key={`${read.person}${read.at}${read.item}`}>
              <Moment at={read.at} zone={zone} />
              {t('comma')}
              <bdi>{read.person}</bdi>: {term(`purpose.${read.purpose}`)}
              {read.item !== null && ` (${t('case.opened.item', { item: read.item })})`}
              {read.index !== null && `. ${t('act.logged', { index: read.index })}`}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

import type { CaseView } from '@comity/node/api';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Moment } from '../../things/Moment.tsx';
import { useWords } from '../../words/useWords.ts';

/** Who of this office opened the case or a delivery in it, why they said they did, and where the log says so. */
export function ReadsSection({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const delivery = (id: string): string => {
    const item = view.items.find((candidate) => candidate.item.id === id);
    return item === undefined ? id : phrase(item);
  };
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
              {read.item !== null && (
                <>
                  {t('comma') + t('case.opened.item')}: <bdi>{delivery(read.item)}</bdi>
                </>
              )}
              <span className="quiet">
                {t('comma')}
                {read.index === null ? t('act.unlogged') : t('act.logged', { index: read.index })}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

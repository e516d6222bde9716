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
        {view.queries.length > 0 && <h3>{t('case.queries', { n: view.queries.length })}</h3>}
        <ul>
          {view.queries.map((query) => (
            <li key={`${query.person}${query.at}`}>
              <Moment at={query.at} zone={zone} />
              {t('comma')}
              <bdi>{query.person}</bdi>: {term(`query.${query.kind}`)} <bdi>({query.items.map(delivery).join(t('comma'))})</bdi>
              {t('comma') + term(`purpose.${query.purpose}`)}
              {query.reason !== null && (
                <>
                  : <span dir="auto">{query.reason}</span>
                </>
              )}
              <span className="quiet">
                {t('comma')}
                {query.index === null ? t('act.unlogged') : t('act.logged', { index: query.index })}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

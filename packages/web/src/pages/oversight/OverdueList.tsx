import type { OversightView } from '@comity/node/api';
import { IconSquareFilled } from '@tabler/icons-react';
import { Moment } from '../../things/Moment.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { officeOf } from './officeOf.ts';

/** Copies that should be gone by now, as their holders' own logs say. */
export function OverdueList({ view }: { readonly view: OversightView }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  return (
    <section className="section" aria-labelledby="overdue">
      <h2 id="overdue">{t('oversight.overdue')}</h2>
      {view.overdue.length === 0 ? (
        <p className="quiet">{t('oversight.overdue.empty')}</p>
      ) : (
        <ul className="contradictions">
          {view.overdue.map((one) => (
            <li key={`${one.origin} ${one.index}`}>
              <IconSquareFilled size={16} aria-hidden />{' '}
              {t('oversight.overdue.one', {
                office: officeOf(view, one.party),
                copy: term(`copy.${one.kind}`),
                id: shortId(one.case),
                index: one.index,
              })}{' '}
              <Moment at={one.at} zone={zone} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

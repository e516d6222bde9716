import type { CaseView } from '@comity/node/api';
import { CopyEnd, CopyState } from '../../things/CopyState.tsx';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';

/** Who holds a copy of what, on every side, and until when. */
export function CopiesSection({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  if (view.copies.length === 0) return null;
  const itemOf = (id: string): string => {
    const item = view.items.find((candidate) => candidate.item.id === id);
    return item === undefined ? id : phrase(item);
  };
  return (
    <section className="section" aria-labelledby="copies">
      <h2 id="copies">{t('copies.title')}</h2>
      <Scroll label={t('copies.title')}>
        <table className="copies">
          <thead>
            <tr>
              <th scope="col">{t('copies.item')}</th>
              <th scope="col">{t('copies.holder')}</th>
              <th scope="col">{t('copies.status')}</th>
              <th scope="col">{t('copies.end')}</th>
            </tr>
          </thead>
          <tbody>
            {view.copies.map((copy) => (
              <tr key={`${copy.kind} ${copy.item}`}>
                <td>
                  <bdi>{itemOf(copy.item)}</bdi>
                </td>
                <td data-label={t('copies.holder')}>
                  <bdi>{nameOf(view.parties, copy.party)}</bdi> <span className="small quiet">{term(`copy.${copy.kind}`)}</span>
                </td>
                <td data-label={t('copies.status')}>
                  <CopyState status={copy.status} />
                </td>
                <td data-label={t('copies.end')}>
                  <CopyEnd copy={copy} zone={zone} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

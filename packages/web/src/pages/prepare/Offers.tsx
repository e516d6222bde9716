import type { DatasetsView } from '@comity/node/api';
import { Moment } from '../../things/Moment.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Withdraw } from './Offered.tsx';

/** What was made here and cases may ask for now; also what was made of datasets that are forgotten. */
export function Offers({ view: { offers, may } }: { readonly view: DatasetsView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  if (offers.length === 0) return null;
  return (
    <section className="section" aria-labelledby="offers">
      <h2 id="offers">{t('offers.title')}</h2>
      <table className="stacked">
        <caption className="unseen">{t('offers.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('offer.name')}</th>
            <th scope="col">{t('made.offered.until')}</th>
            {may.prepare && <th scope="col">{t('offers.can')}</th>}
          </tr>
        </thead>
        <tbody>
          {offers.map((offer) => (
            <tr key={offer.preparation}>
              <td data-label={t('offer.name')}>
                <bdi className="mono">{offer.name}</bdi>
              </td>
              <td data-label={t('made.offered.until')}>
                <Moment at={offer.until} zone={zone} />
              </td>
              {may.prepare && (
                <td data-label={t('offers.can')}>
                  <Withdraw offer={offer} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

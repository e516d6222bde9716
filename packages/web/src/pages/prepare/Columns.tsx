import type { DatasetView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';

/** The columns of a dataset. */
export function Columns({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useWords();
  return (
    <section className="section" aria-labelledby="columns">
      <h2 id="columns">{t('dataset.columns')}</h2>
      <table className="narrow">
        <caption className="unseen">{t('dataset.columns')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dataset.column')}</th>
            <th scope="col">{t('dataset.type')}</th>
          </tr>
        </thead>
        <tbody>
          {dataset.columns.map(({ name, type }) => (
            <tr key={name}>
              <th scope="row">
                <bdi className="mono">{name}</bdi>
              </th>
              <td className="mono small">{type}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

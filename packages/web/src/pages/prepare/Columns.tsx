import type { DatasetView, FindingView, ScanView } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useNumber, usePercent } from './figures.ts';

type Scanned = Extract<ScanView, { columns: unknown }>;

/** The columns of a dataset, and what was found in each: classes with how many values are of them, and masked examples. */
export function Columns({ dataset }: { readonly dataset: DatasetView }) {
  const { t, term } = useWords();
  const number = useNumber(0);
  const { scan } = dataset;
  return (
    <section className="section" aria-labelledby="columns">
      <h2 id="columns">{t('dataset.columns')}</h2>
      {scan === null && <p role="status">{t('scan.working')}</p>}
      {scan !== null && 'refused' in scan && <p className="consequence">{term(`error.${scan.refused}`)}</p>}
      {scan !== null && 'columns' in scan && (
        <>
          <p>{t('scan.lead', { rows: number(scan.rows), identifying: scan.columns.filter((one) => one.identifying).length })}</p>
          {!scan.header && <p className="consequence">{t('scan.no-header')}</p>}
        </>
      )}
      <Scroll label={t('dataset.columns')}>
        <table>
          <caption className="unseen">{t('dataset.columns')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('dataset.column')}</th>
              <th scope="col">{t('scan.holds')}</th>
              <th scope="col">{t('scan.tells')}</th>
              <th scope="col" className="number">
                {t('scan.distinct')}
              </th>
            </tr>
          </thead>
          <tbody>
            {scan !== null && 'columns' in scan ? (
              scan.columns.map((one) => <Found key={one.name} column={one} rows={scan.rows} />)
            ) : (
              <Bare dataset={dataset} />
            )}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Before anything is known: the names alone. */
function Bare({ dataset }: { readonly dataset: DatasetView }) {
  return dataset.columns.map(({ name }) => (
    <tr key={name}>
      <th scope="row">
        <bdi className="mono">{name}</bdi>
      </th>
      <td />
      <td />
      <td />
    </tr>
  ));
}

function Found({ column, rows }: { readonly column: Scanned['columns'][number]; readonly rows: number }) {
  const { t } = useWords();
  const [number, percent] = [useNumber(0), usePercent()];
  const empty = rows === 0 ? 0 : column.nulls / rows;
  return (
    <tr>
      <th scope="row">
        <bdi className="mono">{column.name}</bdi>
      </th>
      <td>
        {column.classes.length === 0 ? (
          <span className="quiet">{t(column.reason === 'all-empty' ? 'scan.empty' : 'scan.unclassified')}</span>
        ) : (
          <ul className="classes">
            {column.classes.map((finding) => (
              <Finding key={finding.class} finding={finding} />
            ))}
          </ul>
        )}
      </td>
      <td>
        {column.identifying ? (
          <strong className="tells">{t('scan.identifying')}</strong>
        ) : (
          <span className="quiet">{t('scan.not-identifying')}</span>
        )}
      </td>
      <td className="number">
        {number(column.distinct)}
        {empty > 0 && <div className="small quiet">{t('scan.nulls', { percent: percent(empty) })}</div>}
      </td>
    </tr>
  );
}

/** A class with its share of rows. Examples are masked by the node. */
function Finding({ finding }: { readonly finding: FindingView }) {
  const { t, term } = useWords();
  const percent = usePercent(0);
  const examples = finding.examples.map(({ shown }) => shown).filter((shown) => shown !== '');
  return (
    <li>
      {term(`class.${finding.class}`)}{' '}
      <span className="small quiet">
        {t(finding.inText ? 'scan.rate.text' : 'scan.rate', { percent: percent(finding.rateRows) })}
        {examples.length > 0 && (
          <>
            {' '}
            <bdi className="mono">{[...new Set(examples)].join(' ')}</bdi>
          </>
        )}
      </span>
    </li>
  );
}

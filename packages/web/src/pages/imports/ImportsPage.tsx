import type { ImportRow } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { imports } from '../../api/imports.ts';
import { Digest } from '../../things/Digest.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { HandIn } from './HandIn.tsx';
import { isUndecided } from './outside.ts';
import './imports.css';

/** What came from outside and waits in quarantine, the oldest first; then what was decided. The list says nothing of what the documents say. */
export function ImportsPage() {
  const { t } = useWords();
  const { data, error } = useQuery(imports);
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const waiting = data.rows.filter(isUndecided);
  const decided = data.rows.filter((row) => !isUndecided(row));
  return (
    <>
      <h1>{t('imports.title')}</h1>
      <p>{t('imports.lead')}</p>
      <section className="section" aria-labelledby="waiting">
        <h2 id="waiting">{t('imports.waiting', { n: waiting.length })}</h2>
        {waiting.length === 0 ? (
          <p className="quiet">{t('imports.empty')}</p>
        ) : (
          <Rows rows={waiting} label={t('imports.title')} />
        )}
      </section>
      <HandIn />
      {decided.length > 0 && (
        <section className="section" aria-labelledby="decided">
          <h2 id="decided">{t('imports.decided', { n: decided.length })}</h2>
          <Rows rows={decided} label={t('imports.decided', { n: decided.length })} />
        </section>
      )}
    </>
  );
}

function Rows({ rows, label }: { readonly rows: readonly ImportRow[]; readonly label: string }) {
  const { t } = useWords();
  return (
    <table className="imports">
      <caption className="unseen">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('imports.arrived')}</th>
          <th scope="col">{t('imports.what')}</th>
          <th scope="col">{t('imports.sender')}</th>
          <th scope="col">{t('imports.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { readonly row: ImportRow }) {
  const { t, term, locale } = useWords();
  const { zone } = useOwn();
  const size = new Intl.NumberFormat(locale).format(row.size);
  return (
    <tr>
      <td data-label={t('imports.arrived')}>
        <Moment at={row.arrived} zone={zone} />
      </td>
      <td data-label={t('imports.what')}>
        <Link to="/imports/$id" params={{ id: row.id }} className="sentence">
          {term(`import.kind.${row.kind}`)} <bdi className="mono">{shortId(row.id)}</bdi>
        </Link>
        <p className="small quiet">
          {t('imports.size', { size })} · <Digest value={row.sha256} />
        </p>
      </td>
      <td data-label={t('imports.sender')}>
        {row.sender === null ? <span className="quiet">{t('imports.sender.none')}</span> : <bdi>{row.sender.name}</bdi>}
      </td>
      <td data-label={t('imports.state')}>
        {term(`import.state.${row.state}`)}
        {row.case !== null && (
          <p className="small">
            <Link to="/cases/$id" params={{ id: row.case }}>
              {t('imports.case', { id: shortId(row.case) })}
            </Link>
          </p>
        )}
      </td>
    </tr>
  );
}

import type { CustodyView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { custody } from '../../api/queries.ts';
import { CopyEnd, CopyState } from '../../things/CopyState.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

type Row = CustodyView['copies'][number];

/** Every copy that this office holds, and every one that others hold of what it gave: the most urgent first. */
export function CopiesPage() {
  const { t } = useWords();
  const { data, error } = useQuery(custody);
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return (
    <>
      <h1>{t('copies.page')}</h1>
      <p>{t('copies.lead')}</p>
      <Copies id="ours" title={t('copies.ours')} rows={data.copies.filter(({ ours }) => ours)} />
      <Copies id="theirs" title={t('copies.theirs')} rows={data.copies.filter(({ ours }) => !ours)} />
      <p className="quiet">{t('copies.destroyed', { n: data.destroyed })}</p>
    </>
  );
}

function Copies({ id, title, rows }: { readonly id: string; readonly title: string; readonly rows: readonly Row[] }) {
  const { t } = useWords();
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{t('copies.none')}</p>
      ) : (
        <Scroll label={title}>
          <table className="copies">
            <thead>
              <tr>
                <th scope="col">{t('copies.case')}</th>
                <th scope="col">{t('copies.holder')}</th>
                <th scope="col">{t('copies.status')}</th>
                <th scope="col">{t('copies.end')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <CopyLine key={`${row.case} ${row.kind} ${row.item}`} row={row} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function CopyLine({ row }: { readonly row: Row }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  return (
    <tr>
      <td>
        <Link to="/cases/$id" params={{ id: row.case }}>
          {t('copies.of', { procedure: term(`procedure.${row.procedure}`), id: shortId(row.case), item: row.item })}
        </Link>
      </td>
      <td data-label={t('copies.holder')}>
        <bdi>{row.holder}</bdi> <span className="small quiet">{term(`copy.${row.kind}`)}</span>
      </td>
      <td data-label={t('copies.status')}>
        <CopyState status={row.status} />
      </td>
      <td data-label={t('copies.end')}>
        <CopyEnd copy={row} zone={zone} />
      </td>
    </tr>
  );
}

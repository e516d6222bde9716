import type { DatasetsView, DatasetView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { datasets, useOpenCatalogued } from '../../api/preparation.ts';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { useBytes } from './figures.ts';
import { Offers } from './Offers.tsx';
import { TakeIn } from './TakeIn.tsx';
import './prepare.css';

/** What this office prepares: files that were dropped in, and datasets of its catalogue. */
export function PreparePage() {
  const { t } = useWords();
  const { data, error } = useQuery(datasets);
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return (
    <>
      <h1>{t('prepare.title')}</h1>
      <p>{t('prepare.lead')}</p>
      {data.may.prepare && <TakeIn buckets={data.buckets} />}
      <section className="section" aria-labelledby="preparing">
        <h2 id="preparing">{t('prepare.list')}</h2>
        {data.datasets.length === 0 ? <p className="quiet">{t('prepare.empty')}</p> : <Rows rows={data.datasets} />}
      </section>
      <Offers view={data} />
      {data.may.prepare && data.catalogue.length > 0 && <Catalogue names={data.catalogue} />}
    </>
  );
}

function Rows({ rows }: { readonly rows: DatasetsView['datasets'] }) {
  const { t } = useWords();
  return (
    <table className="stacked">
      <caption className="unseen">{t('prepare.list')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('prepare.name')}</th>
          <th scope="col">{t('prepare.size')}</th>
          <th scope="col">{t('prepare.arrived')}</th>
          <th scope="col">{t('prepare.expires')}</th>
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

function Row({ row }: { readonly row: DatasetView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const bytes = useBytes();
  return (
    <tr>
      <td data-label={t('prepare.name')}>
        <Link to="/prepare/$dataset" params={{ dataset: row.id }} className="sentence">
          <bdi>{row.name}</bdi>
        </Link>
        <p className="small quiet">
          {t('prepare.columns', { n: row.columns.length })}, {t(row.own ? 'prepare.from.own' : 'prepare.from.catalogue')}
        </p>
      </td>
      <td data-label={t('prepare.size')}>{bytes(row.bytes)}</td>
      <td data-label={t('prepare.arrived')}>
        <Moment at={row.arrived} zone={zone} />
      </td>
      <td data-label={t('prepare.expires')}>
        <Moment at={row.expires} zone={zone} />
      </td>
    </tr>
  );
}

function Catalogue({ names }: { readonly names: readonly string[] }) {
  const { t } = useWords();
  const opening = useOpenCatalogued();
  const navigate = useNavigate();
  const open = async (name: string): Promise<void> => {
    const { dataset } = await opening.mutateAsync(name);
    await navigate({ to: '/prepare/$dataset', params: { dataset } });
  };
  return (
    <section className="section" aria-labelledby="catalogued">
      <h2 id="catalogued">{t('prepare.catalogue')}</h2>
      <p>{t('prepare.catalogue.lead')}</p>
      <Problem error={opening.error} />
      <div className="actions">
        {names.map((name) => (
          <Button
            key={name}
            variant="default"
            loading={opening.isPending && opening.variables === name}
            onClick={() => void open(name).catch(() => undefined)}
          >
            {t('prepare.take-up', { name })}
          </Button>
        ))}
      </div>
    </section>
  );
}

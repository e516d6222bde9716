import type { DatasetWork } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { datasetOf, useDrop } from '../../api/preparation.ts';
import { Digest } from '../../things/Digest.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Columns } from './Columns.tsx';
import { Compare } from './Compare.tsx';
import { useBytes } from './figures.ts';
import { LedgerSection } from './LedgerSection.tsx';
import { MadeList } from './MadeList.tsx';
import { PlanSection } from './PlanSection.tsx';
import { Regulated } from './Regulated.tsx';
import './prepare.css';

const FORMATS = { csv: 'CSV', parquet: 'Parquet', json: 'JSON' } as const;

/** One dataset: what is in it, what can be made of it, what was made, and what that cost. */
export function DatasetPage() {
  const { dataset: id = '' } = useParams({ strict: false });
  const { t } = useWords();
  const { data, error } = useQuery(datasetOf(id));
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return (
    <article className="dataset">
      <p className="small">
        <Link to="/prepare">{t('dataset.back')}</Link>
      </p>
      <h1>
        <bdi>{data.dataset.name}</bdi>
      </h1>
      <Facts work={data} />
      <Columns dataset={data.dataset} />
      {data.dataset.scan !== null && 'columns' in data.dataset.scan && <Regulated columns={data.dataset.scan.columns} />}
      {data.may.prepare && <PlanSection work={data} />}
      <MadeList work={data} />
      <Compare work={data} />
      <LedgerSection work={data} />
      {data.may.prepare && <Drop work={data} />}
    </article>
  );
}

function Facts({ work: { dataset } }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const bytes = useBytes();
  return (
    <dl className="facts">
      <dt>{t('dataset.population')}</dt>
      <dd>
        <bdi>{dataset.population}</bdi>
      </dd>
      <dt>{t('dataset.file')}</dt>
      <dd>
        {FORMATS[dataset.format]}, {bytes(dataset.bytes)}, <Digest value={dataset.sha256} />
      </dd>
      <dt>{t('prepare.arrived')}</dt>
      <dd>
        <Moment at={dataset.arrived} zone={zone} />
      </dd>
      <dt>{t('prepare.expires')}</dt>
      <dd>
        <Moment at={dataset.expires} zone={zone} />
      </dd>
    </dl>
  );
}

function Drop({ work: { dataset } }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const dropping = useDrop();
  const navigate = useNavigate();
  const drop = async (): Promise<void> => {
    await dropping.mutateAsync(dataset.id);
    await navigate({ to: '/prepare' });
  };
  return (
    <section className="section no-print" aria-label={t('dataset.drop')}>
      <details>
        <summary>{t('dataset.drop')}</summary>
        <p className="consequence">{t('dataset.drop.says')}</p>
        <Problem error={dropping.error} />
        <Button color="red" variant="outline" loading={dropping.isPending} onClick={() => void drop().catch(() => undefined)}>
          {t('dataset.drop')}
        </Button>
      </details>
    </section>
  );
}

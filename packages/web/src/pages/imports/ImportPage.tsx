import type { ForeignView, ImportView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { importOf, imports, useImportReason } from '../../api/imports.ts';
import { Digest } from '../../things/Digest.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { PurposeForm } from '../../things/ReasonGate.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Answers } from './Answers.tsx';
import { DecideImport } from './DecideImport.tsx';
import { DraftSide } from './DraftSide.tsx';
import { Original } from './Original.tsx';
import { isUndecided } from './outside.ts';
import { Steps } from './Steps.tsx';
import './imports.css';

/** One document from outside, once a reason to read it was stated: the original, what a program proposes of it, and what becomes of it. */
export function ImportPage() {
  const id = useParams({ strict: false, select: (params) => params.id }) ?? '';
  const { data, error } = useQuery(importOf(id));
  // Whom one may call: a list that has not come yet is no empty one.
  const known = useQuery(imports);
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <Gate id={id} />;
  if (data === undefined || known.data === undefined) {
    const failed = error ?? known.error;
    return failed === null ? <Loading /> : <Problem error={failed} />;
  }
  return <Shown view={data} authorities={known.data.authorities} />;
}

function Gate({ id }: { readonly id: string }) {
  const { t } = useWords();
  return <PurposeForm title={t('import.gate')} submit={t('import.gate.open')} reason={useImportReason(id)} />;
}

function Shown({ view, authorities }: { readonly view: ImportView; readonly authorities: readonly ForeignView[] }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  return (
    <article className="import">
      <p className="small no-print">
        <Link to="/imports">{t('import.back')}</Link>
      </p>
      <h1>
        {term(`import.kind.${view.kind}`)} <bdi className="mono">{shortId(view.id)}</bdi>
      </h1>
      <p className="status">{t(statusOf(view))}</p>
      <dl className="facts">
        <dt>{t('imports.arrived')}</dt>
        <dd>
          <Moment at={view.arrived} zone={zone} />
        </dd>
        <dt>{t('imports.sender')}</dt>
        <dd>
          {view.sender === null ? t('import.sender.none') : <bdi>{view.sender.name}</bdi>}
          {view.sender !== null && <span className="small quiet"> {t('import.sender.signed')}</span>}
        </dd>
        <dt>{t('import.hash')}</dt>
        <dd>
          <Digest value={view.sha256} />
        </dd>
      </dl>
      <div className="split section">
        <Original view={view} />
        <DraftSide view={view} />
      </div>
      <Steps view={view} authorities={authorities} />
      <Answers view={view} />
      {isUndecided(view) && <DecideImport view={view} authorities={authorities} />}
    </article>
  );
}

const STATUS = {
  quarantined: 'import.status.quarantined',
  proposed: 'import.status.proposed',
  'taken-up': 'import.status.taken-up',
  refused: 'import.status.refused',
  withdrawn: 'import.status.withdrawn',
} as const;

function statusOf({ state, deliveries }: ImportView): (typeof STATUS)[keyof typeof STATUS] | 'import.delivered.lead' {
  // What landed under its case was decided by nobody: it is the answer to what was asked.
  return deliveries.some((one) => one.state === 'landed') ? 'import.delivered.lead' : STATUS[state];
}

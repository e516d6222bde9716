import type { DatasetWork, PreparationView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Refusal } from '../../api/client.ts';
import { nodeNow } from '../../api/now.ts';
import { outputPath, useCancel } from '../../api/preparation.ts';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Checklist } from './Checklist.tsx';
import { secondsLeft, usePercent } from './figures.ts';
import { Offered } from './Offered.tsx';
import { OwnResult } from './OwnResult.tsx';
import { ownIn, summaryOf, useMadeName } from './reportIn.ts';
import { Signed } from './Signed.tsx';

/** What was made of a dataset, the newest first, and how far what is being made is. */
export function MadeList({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  return (
    <section className="section" aria-labelledby="made">
      <h2 id="made">{t('made.title')}</h2>
      {work.preparations.length === 0 && <p className="quiet">{t('made.empty')}</p>}
      <ol className="made">
        {work.preparations.map((made) => (
          <Made key={made.id} made={made} work={work} />
        ))}
      </ol>
    </section>
  );
}

function Made({ made, work }: { readonly made: PreparationView; readonly work: DatasetWork }) {
  const { zone } = useOwn();
  const nameOf = useMadeName();
  return (
    <li>
      <h3>{nameOf(made)}</h3>
      <p className="small quiet">
        <Moment at={made.asked} zone={zone} />
      </p>
      <State made={made} work={work} />
      <Signed made={made} />
    </li>
  );
}

function State({ made, work }: { readonly made: PreparationView; readonly work: DatasetWork }) {
  const { t } = useWords();
  switch (made.state) {
    case 'waiting':
    case 'running':
      return <Running made={made} work={work} />;
    case 'cancelled':
      return <p>{t('made.cancelled')}</p>;
    case 'refused':
      return <Refused made={made} />;
    default:
      return <Done made={made} work={work} />;
  }
}

function Running({ made, work }: { readonly made: PreparationView; readonly work: DatasetWork }) {
  const { t } = useWords();
  const percent = usePercent(0);
  const cancelling = useCancel(work.dataset.id);
  const left = secondsLeft(made, nodeNow());
  return (
    <>
      <div className="row">
        <progress value={made.share} max={1} aria-label={t('made.running', { percent: percent(made.share) })} />
        <span role="status">
          {made.state === 'waiting' ? t('made.waiting') : t('made.running', { percent: percent(made.share) })}
          {left !== undefined &&
            `, ${left < 90 ? t('made.left', { seconds: left }) : t('made.left.minutes', { minutes: Math.round(left / 60) })}`}
        </span>
      </div>
      <Problem error={cancelling.error} />
      {work.may.prepare && (
        <p className="actions">
          <Button variant="default" size="xs" loading={cancelling.isPending} onClick={() => cancelling.mutate(made.id)}>
            {t('made.cancel')}
          </Button>
        </p>
      )}
    </>
  );
}

function Refused({ made }: { readonly made: PreparationView }) {
  const { term } = useWords();
  const { refusal } = made;
  if (refusal === null) return null;
  // Parser: the node wrote it, with one of its codes.
  const { code, values } = refusal as Refusal['problem'];
  return (
    <div className="consequence">
      <p>
        <strong>{term(`error.${code}`, values)}</strong>
      </p>
      <p>{term(`error.${code}.next`)}</p>
    </div>
  );
}

function Done({ made, work }: { readonly made: PreparationView; readonly work: DatasetWork }) {
  const { t } = useWords();
  const [summary, own] = [summaryOf(made), ownIn(made)];
  return (
    <>
      <p>{summary !== undefined && t('made.rows', { rows: summary.rows })}</p>
      {summary !== undefined && <p className="small quiet">{t('made.columns', { columns: summary.columns.join(', ') })}</p>}
      {own !== undefined && <OwnResult report={own} />}
      {summary?.safeHarbor !== undefined && <Checklist entries={summary.safeHarbor.checklist} />}
      <p className="actions">
        {made.kind === 'synthesise' && (
          <Link to="/prepare/$dataset/$preparation" params={{ dataset: work.dataset.id, preparation: made.id }}>
            {t('made.report')}
          </Link>
        )}
        {work.may.prepare && made.output !== null && <a href={outputPath(made.id)}>{t('made.download')}</a>}
        {made.output === null && <span className="quiet">{t('made.gone')}</span>}
      </p>
      <Offered made={made} work={work} />
    </>
  );
}

import type { DatasetWork, PreparationView, SynthesisReport } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { datasetOf, outputPath, reportPath } from '../../api/preparation.ts';
import { Digest } from '../../things/Digest.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { AttackTable } from './AttackTable.tsx';
import { Charts } from './Charts.tsx';
import { Cost } from './Cost.tsx';
import { Criteria } from './Criteria.tsx';
import { Crowds } from './Crowds.tsx';
import { Fidelity } from './Fidelity.tsx';
import { beyondCoin, powerOfTen, useNumber, usePercent } from './figures.ts';
import { reportIn } from './reportIn.ts';
import { Usefulness } from './Usefulness.tsx';
import './prepare.css';

/** The report of a synthetic twin, pictures first. It is made of real rows: for this office alone. */
export function ReportPage() {
  const { dataset: id = '', preparation = '' } = useParams({ strict: false });
  const { data, error } = useQuery(datasetOf(id));
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const made = data.preparations.find((one) => one.id === preparation);
  const report = made === undefined ? undefined : reportIn(made);
  if (made === undefined || report === undefined) return <Problem error={new Refusal({ code: 'preparation-unfinished' })} />;
  return <Told work={data} made={made} report={report} />;
}

interface Telling {
  readonly work: DatasetWork;
  readonly made: PreparationView;
  readonly report: SynthesisReport;
}

function Told({ work, made, report }: Telling) {
  const { t, language } = useWords();
  const number = useNumber(0);
  return (
    <article className="report">
      <p className="small no-print">
        <Link to="/prepare/$dataset" params={{ dataset: work.dataset.id }}>
          {t('report.back')}
        </Link>
      </p>
      <h1>{t('report.title', { name: work.dataset.name })}</h1>
      <p className="lead">{t('report.lead', { rows: number(report.rows), columns: report.columns.length })}</p>
      <p className="actions no-print">
        <Button variant="default" onClick={() => window.print()}>
          {t('report.print')}
        </Button>
        <a href={reportPath(made.id, language)} download={`report-${made.id.slice(0, 8)}.pdf`}>
          {t('report.pdf')}
        </a>
        {work.may.prepare && made.output !== null && <a href={outputPath(made.id)}>{t('made.download')}</a>}
      </p>
      <Guarantee report={report} made={made} />
      <p className="consequence">{t('report.inside')}</p>
      <Charts charts={report.charts} />
      <Fidelity report={report} />
      <Usefulness report={report} />
      <AttackTable report={report} />
      <Crowds report={report} />
      <Criteria report={report} />
      <Cost report={report} />
    </article>
  );
}

function Guarantee({ report, made }: Pick<Telling, 'report' | 'made'>) {
  const { t } = useWords();
  const [number, exact, percent] = [useNumber(3), useNumber(5), usePercent()];
  const { unit } = report;
  return (
    <section className="section" aria-labelledby="guarantee">
      <h2 id="guarantee">{t('report.guarantee')}</h2>
      <p className="lead">{t('report.guarantee.says', { percent: percent(beyondCoin(report.advantage)) })}</p>
      <ul className="small">
        <li>
          {t('report.guarantee.formal', {
            epsilon: number(report.epsilon),
            delta: powerOfTen(report.delta),
            rho: exact(report.rho),
          })}
        </li>
        <li>
          {unit.column === null ? t('report.unit.row') : t('report.unit.subject', { column: unit.column, rows: unit.rows })}
        </li>
        <li>{t(report.domain === 'bought' ? 'report.domain.bought' : 'report.domain.declared')}</li>
        {report.dropped.length > 0 && <li>{t('report.dropped', { columns: report.dropped.join(', ') })}</li>}
        {report.method !== methodAsked(made) && <li>{t('report.wide')}</li>}
        <li>
          <Digest value={made.planDigest} />
        </li>
      </ul>
    </section>
  );
}

function methodAsked({ plan }: PreparationView): string {
  // Parser: the node keeps plans as its recipes read them.
  return (plan as { readonly method?: string }).method ?? '';
}

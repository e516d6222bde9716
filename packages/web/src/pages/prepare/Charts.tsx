import type { BarView, SynthesisReport } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { useBarName } from './barName.ts';
import { usePercent } from './figures.ts';

/** Every column as bars, real beside synthetic. */
export function Charts({ charts }: Pick<SynthesisReport, 'charts'>) {
  const { t } = useWords();
  return (
    <section className="section whole" aria-labelledby="pictures">
      <h2 id="pictures">{t('report.pictures')}</h2>
      <p>{t('report.pictures.lead')}</p>
      <p className="legend small" aria-hidden="true">
        <span className="swatch real" /> {t('report.real')} <span className="swatch synthetic" /> {t('report.synthetic')}
      </p>
      <div className="charts">
        {charts.map((chart) => (
          <ChartTable key={chart.column} chart={chart} />
        ))}
      </div>
    </section>
  );
}

/** A picture that is a table: whoever cannot see the bars reads the figures. */
function ChartTable({ chart }: { readonly chart: SynthesisReport['charts'][number] }) {
  const { t } = useWords();
  const percent = usePercent();
  const most = Math.max(1e-9, ...chart.bars.flatMap(({ real, synthetic }) => [real, synthetic]));
  return (
    <table className="chart">
      <caption>
        <bdi className="mono">{chart.column}</bdi>{' '}
        <span className="quiet small">{t('report.distance', { percent: percent(chart.distance) })}</span>
      </caption>
      <thead className="unseen">
        <tr>
          <th scope="col">{t('report.value')}</th>
          <th scope="col">{t('report.real')}</th>
          <th scope="col">{t('report.synthetic')}</th>
        </tr>
      </thead>
      <tbody>
        {chart.bars.map((bar) => (
          <Row key={keyOf(bar)} bar={bar} most={most} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ bar, most }: { readonly bar: BarView; readonly most: number }) {
  const nameOf = useBarName();
  const percent = usePercent();
  return (
    <tr>
      <th scope="row" className={'only' in bar ? 'quiet' : ''}>
        <bdi>{nameOf(bar)}</bdi>
      </th>
      <td>
        <span className="bar real" style={{ inlineSize: lengthOf(bar.real / most) }} />
        <span className="share">{percent(bar.real)} %</span>
      </td>
      <td>
        <span className="bar synthetic" style={{ inlineSize: lengthOf(bar.synthetic / most) }} />
        <span className="share">{percent(bar.synthetic)} %</span>
      </td>
    </tr>
  );
}

/** The figure stands beside its bar: the longest bar leaves room for it. */
function lengthOf(share: number): string {
  return `calc((100% - 3.75rem) * ${share.toFixed(4)})`;
}

function keyOf(bar: BarView): string {
  if ('only' in bar) return `only ${bar.only}`;
  return 'value' in bar ? `value ${bar.value}` : `from ${bar.from}`;
}

import type { SynthesisReport } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useNumber, usePercent } from './figures.ts';

const WAYS = ['one', 'two', 'three'] as const;

/** How far tables of the synthetic rows lie from those of the real ones, beside how far two real samples lie apart. */
export function Fidelity({ report }: { readonly report: SynthesisReport }) {
  const { fidelity, floor } = report.judgement;
  const { t } = useWords();
  const percent = usePercent();
  return (
    <section className="section" aria-labelledby="close">
      <h2 id="close">{t('report.close')}</h2>
      <p>{t('report.close.lead')}</p>
      <Scroll label={t('report.close')}>
        <table>
          <caption className="unseen">{t('report.close')}</caption>
          <thead>
            <tr>
              <td />
              {(['mean', 'p95', 'worst', 'floor'] as const).map((figure) => (
                <th key={figure} scope="col" className="number">
                  {t(`report.close.${figure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WAYS.filter((way) => fidelity[way].tables > 0).map((way) => (
              <tr key={way}>
                <th scope="row">{t(`report.close.${way}`)}</th>
                <td className="number">
                  <strong>{percent(fidelity[way].mean)} %</strong>
                </td>
                <td className="number">{percent(fidelity[way].p95)} %</td>
                <td className="number">{percent(fidelity[way].greatest)} %</td>
                <td className="number">{floor === null ? '' : `${percent(floor[way].mean)} %`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Together report={report} />
      <ToldApart report={report} />
    </section>
  );
}

/** Whether a learner can tell the rows apart, beside what it makes of labels by chance. */
function ToldApart({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const [ratio, rows] = [useNumber(2), useNumber(0)];
  const { propensity } = report.judgement;
  if (propensity === null) return <p className="quiet">{t('report.told-apart.none')}</p>;
  return <p>{t('report.told-apart', { ratio: ratio(propensity.ratio), rows: rows(propensity.rows) })}</p>;
}

/** How closely columns go together, beside how much that differs between two real samples. */
function Together({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const number = useNumber(3);
  const { association, associationFloor: floor } = report.judgement;
  if (association.worst === null) return null;
  const [a, b] = association.worst;
  return (
    <p>
      {t('report.together', { mean: number(association.mean), greatest: number(association.greatest) })}{' '}
      {t('report.together.worst', { a: report.columns[a] ?? '', b: report.columns[b] ?? '' })}{' '}
      {floor !== null && t('report.together.floor', { mean: number(floor.mean), greatest: number(floor.greatest) })}
    </p>
  );
}

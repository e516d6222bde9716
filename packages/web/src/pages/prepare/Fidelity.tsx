import type { SynthesisReport } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { usePercent } from './figures.ts';

const WAYS = ['one', 'two', 'three'] as const;

/** How far tables of the synthetic rows lie from those of the real ones, beside how far two real samples lie apart. */
export function Fidelity({ judgement: { fidelity, floor } }: Pick<SynthesisReport, 'judgement'>) {
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
    </section>
  );
}

import type { SynthesisReport } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useNumber, usePercent } from './figures.ts';

/** How rows stand together in both tables: k, who is alone, l and t. */
export function Crowds({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const [number, percent] = [useNumber(3), usePercent()];
  const { real, synthetic } = report.judgement.crowds;
  const shown = (value: number | null): string => (value === null ? '' : number(value));
  const rows = [
    ['k', shown(real.k), shown(synthetic.k)],
    ['unique', `${percent(real.unique)} %`, `${percent(synthetic.unique)} %`],
    ['l', shown(real.l), shown(synthetic.l)],
    ['t', shown(real.t), shown(synthetic.t)],
  ] as const;
  return (
    <section className="section" aria-labelledby="crowds">
      <h2 id="crowds">{t('report.crowds')}</h2>
      <p>{t('report.crowds.lead', { label: report.label })}</p>
      <Scroll label={t('report.crowds')}>
        <table>
          <caption className="unseen">{t('report.crowds')}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col" className="number">
                {t('report.real')}
              </th>
              <th scope="col" className="number">
                {t('report.synthetic')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([figure, inReal, inSynthetic]) => (
              <tr key={figure}>
                <th scope="row">{t(`report.crowds.${figure}`, { label: report.label })}</th>
                <td className="number">{inReal}</td>
                <td className="number">{inSynthetic}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

import type { DatasetWork } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useNumber, usePercent } from './figures.ts';
import { reportIn, useMadeName } from './reportIn.ts';

/** Synthetic twins of one dataset side by side, when there are several. */
export function Compare({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const nameOf = useMadeName();
  const [number, percent] = [useNumber(3), usePercent()];
  const twins = work.preparations.flatMap((made) => {
    const report = reportIn(made);
    return report === undefined ? [] : [{ made, report }];
  });
  if (twins.length < 2) return null;
  return (
    <section className="section" aria-labelledby="compare">
      <h2 id="compare">{t('compare.title')}</h2>
      <Scroll label={t('compare.title')}>
        <table>
          <caption className="unseen">{t('compare.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('compare.what')}</th>
              <th scope="col" className="number">
                {t('compare.two')}
              </th>
              <th scope="col" className="number">
                {t('compare.useful')}
              </th>
              <th scope="col" className="number">
                {t('compare.member')}
              </th>
              <th scope="col" className="number">
                {t('compare.advantage')}
              </th>
            </tr>
          </thead>
          <tbody>
            {twins.map(({ made, report: { judgement, advantage, rows } }) => (
              <tr key={made.id}>
                <th scope="row">
                  {nameOf(made)}
                  <div className="small quiet">{t('made.rows', { rows })}</div>
                </th>
                <td className="number">{percent(judgement.fidelity.two.mean)} %</td>
                <td className="number">{percent(judgement.usefulness[0]?.ratio ?? 0)} %</td>
                <td className="number">{number(judgement.attacks?.membership.value ?? 0.5)}</td>
                <td className="number">{percent(advantage)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

import type { SynthesisReport } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useBarName } from './barName.ts';
import { useNumber, usePercent } from './figures.ts';

const SHOWN = 8;

/** Two learners taught on synthetic and judged on real rows, whole and group by group. */
export function Usefulness({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const [percent, rank] = [usePercent(), useNumber(2)];
  const { usefulness } = report.judgement;
  return (
    <section className="section" aria-labelledby="useful">
      <h2 id="useful">{t('report.useful')}</h2>
      {usefulness.length === 0 ? (
        <p className="quiet">{t('report.useful.none')}</p>
      ) : (
        <>
          <p>{t('report.useful.lead', { label: report.label })}</p>
          <p className="small">{t('report.useful.features.says')}</p>
          <Scroll label={t('report.useful')}>
            <table>
              <caption className="unseen">{t('report.useful')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('report.useful.learner')}</th>
                  <th scope="col" className="number">
                    {t('report.useful.on-real')}
                  </th>
                  <th scope="col" className="number">
                    {t('report.useful.on-synthetic')}
                  </th>
                  <th scope="col" className="number">
                    {t('report.useful.ratio')}
                  </th>
                  <th scope="col" className="number">
                    {t('report.useful.features')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {usefulness.map(({ learner, real, synthetic, ratio, importance }) => (
                  <tr key={learner}>
                    <th scope="row">{t(`report.useful.${learner}`)}</th>
                    <Scored {...real} />
                    <Scored {...synthetic} />
                    <td className="number">
                      <strong>{percent(ratio)} %</strong>
                    </td>
                    <td className="number">
                      {importance.correlation === null ? t('report.useful.features.none') : rank(importance.correlation)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <Groups report={report} />
        </>
      )}
    </section>
  );
}

/** How often a learner is right, and the area under its curve. */
function Scored({ accuracy, area }: SynthesisReport['judgement']['usefulness'][number]['real']) {
  const { t } = useWords();
  const [number, percent] = [useNumber(3), usePercent()];
  return (
    <td className="number">
      {percent(accuracy)} %
      <div className="small quiet">
        {t('report.useful.auc')} {number(area.value)}
      </div>
    </td>
  );
}

function Groups({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const [number, percent] = [useNumber(0), usePercent()];
  const groups = report.groups.slice(0, SHOWN);
  const nameOf = useBarName();
  if (groups.length === 0) return null;
  return (
    <>
      <h3>{t('report.groups')}</h3>
      <p>{t('report.groups.lead')}</p>
      <Scroll label={t('report.groups')}>
        <table>
          <caption className="unseen">{t('report.groups')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('report.group')}</th>
              <th scope="col" className="number">
                {t('report.group.rows')}
              </th>
              <th scope="col" className="number">
                {t('report.useful.on-real')}
              </th>
              <th scope="col" className="number">
                {t('report.useful.on-synthetic')}
              </th>
              <th scope="col" className="number">
                {t('report.group.loss')}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ column, value, rows, real, synthetic }) => (
              <tr key={`${column} ${nameOf(value)}`}>
                <th scope="row">
                  <bdi className="mono">{column}</bdi> <bdi>{nameOf(value)}</bdi>
                </th>
                <td className="number">{number(rows)}</td>
                <td className="number">{percent(real)} %</td>
                <td className="number">{percent(synthetic)} %</td>
                <td className="number">{percent(real - synthetic)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

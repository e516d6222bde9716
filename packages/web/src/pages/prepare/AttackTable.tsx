import type { SynthesisReport } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useNumber, usePercent } from './figures.ts';

type Attacks = NonNullable<SynthesisReport['judgement']['attacks']>;
type Tried = Attacks['exact'];

/** What attackers got, each beside what the same attack got from people who were not in the data. */
export function AttackTable({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const number = useNumber(0);
  const { attacks } = report.judgement;
  if (attacks === null) return null;
  return (
    <section className="section" aria-labelledby="attacks">
      <h2 id="attacks">{t('report.attacks')}</h2>
      <p>{t('report.attacks.lead', { tries: number(attacks.exact.tries) })}</p>
      <Scroll label={t('report.attacks')}>
        <table>
          <caption className="unseen">{t('report.attacks')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('report.attack')}</th>
              <th scope="col" className="number">
                {t('report.attack.inside')}
              </th>
              <th scope="col" className="number">
                {t('report.attack.control')}
              </th>
              <th scope="col" className="number">
                {t('report.attack.beyond')}
              </th>
            </tr>
          </thead>
          <tbody>
            <Membership attacks={attacks} />
            <Row name={t('report.attack.caught')} tried={attacks.caught} />
            <Row name={t('report.attack.exact')} tried={attacks.exact} />
            <Row name={t('report.attack.singling-out')} tried={attacks.singlingOut} />
            <Row name={t('report.attack.linkability')} tried={attacks.linkability} />
            {attacks.inference.map((tried) => (
              <Row
                key={tried.column}
                name={t('report.attack.inference', { column: report.columns[tried.column] ?? '' })}
                tried={tried}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      <Nearest attacks={attacks} />
    </section>
  );
}

/** How near the nearest synthetic row is to people in the data, and to others. */
function Nearest({ attacks: { nearest } }: { readonly attacks: Attacks }) {
  const { t } = useWords();
  const [number, exact] = [useNumber(2), useNumber(3)];
  const { value, low, high } = nearest.contrast;
  return (
    <p>
      {t('report.nearest', {
        inside: number(nearest.inside),
        outside: number(nearest.outside),
        contrast: exact(value),
        low: exact(low),
        high: exact(high),
      })}
    </p>
  );
}

/** The area under the curve: 0.5 is a coin, so what is beyond it is twice what exceeds a half. */
function Membership({ attacks: { membership } }: { readonly attacks: Attacks }) {
  const { t } = useWords();
  const [number, percent] = [useNumber(3), usePercent()];
  const beyond = (area: number): string => percent(Math.max(0, 2 * area - 1));
  return (
    <tr>
      <th scope="row">{t('report.attack.membership')}</th>
      <td className="number">{number(membership.value)}</td>
      <td className="number">{number(0.5)}</td>
      <td className="number">
        <strong>{beyond(membership.value)} %</strong>
        <div className="small quiet">
          {t('report.attack.interval', { low: beyond(membership.low), high: beyond(membership.high) })}
        </div>
      </td>
    </tr>
  );
}

function Row({ name, tried }: { readonly name: string; readonly tried: Tried }) {
  const { t } = useWords();
  const percent = usePercent();
  const beyond = (value: number): string => percent(Math.max(0, value));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{percent(tried.attack.value)} %</td>
      <td className="number">{percent(tried.control.value)} %</td>
      <td className="number">
        <strong>{beyond(tried.beyond.value)} %</strong>
        <div className="small quiet">
          {t('report.attack.interval', { low: beyond(tried.beyond.low), high: beyond(tried.beyond.high) })}
        </div>
      </td>
    </tr>
  );
}

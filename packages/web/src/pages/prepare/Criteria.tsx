import type { SynthesisReport } from '@comity/node/api';
import { Basis } from '../../things/Basis.tsx';
import { useWords } from '../../words/useWords.ts';
import { usePercent } from './figures.ts';

const WP216 = {
  ref: 'Opinion 05/2014 (WP216)',
  url: 'https://ec.europa.eu/justice/article-29/documentation/opinion-recommendation/files/2014/wp216_en.pdf',
};

/** The three questions by which data count as anonymous, each with what was measured: the controller answers them. */
export function Criteria({ report }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const percent = usePercent();
  const { attacks } = report.judgement;
  if (attacks === null) return null;
  const worst = [...attacks.inference].sort((a, b) => b.beyond.value - a.beyond.value)[0];
  const answers = [
    ['singling-out', attacks.singlingOut.beyond],
    ['linkability', attacks.linkability.beyond],
    ...(worst === undefined ? [] : [['inference', worst.beyond] as const]),
  ] as const;
  const shown = (value: number): string => percent(Math.max(0, value));
  return (
    <section className="section" aria-labelledby="criteria">
      <h2 id="criteria">{t('report.criteria')}</h2>
      <p>
        {t('report.criteria.lead')} <Basis cite={WP216} />
      </p>
      <dl className="criteria">
        {answers.map(([question, { value, low, high }]) => (
          <div key={question}>
            <dt>{t(`report.criteria.${question}`)}</dt>
            <dd>
              {t('report.criteria.answer', {
                value: shown(value),
                low: shown(low),
                high: shown(high),
                percent: percent(report.advantage),
              })}
            </dd>
          </div>
        ))}
      </dl>
      <p>{t('report.criteria.hipaa')}</p>
    </section>
  );
}

import type { SynthesisReport } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { useBytes, useNumber } from './figures.ts';

/** What it took to make and to judge. */
export function Cost({ report: { cost } }: { readonly report: SynthesisReport }) {
  const { t } = useWords();
  const [whole, tenths, bytes] = [useNumber(0), useNumber(1), useBytes()];
  return (
    <section className="section" aria-labelledby="cost">
      <h2 id="cost">{t('report.cost')}</h2>
      <p>
        {t('report.cost.says', {
          rows: whole(cost.rows),
          made: tenths(cost.made),
          speed: whole(cost.rows / Math.max(0.001, cost.made)),
          judged: tenths(cost.judged),
          memory: bytes(cost.memory),
        })}
      </p>
    </section>
  );
}

import type { DatasetWork } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { SynthesisForm } from './SynthesisForm.tsx';

/** What can be made of a dataset. */
export function PlanSection({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  return (
    <section className="section no-print" aria-labelledby="plans">
      <h2 id="plans">{t('plan.title')}</h2>
      <p>{t('plan.lead')}</p>
      <details className="plan">
        <summary>
          <strong>{t('plan.synthetic')}</strong>
          <span className="small quiet"> {t('plan.synthetic.says')}</span>
        </summary>
        <SynthesisForm work={work} />
      </details>
    </section>
  );
}

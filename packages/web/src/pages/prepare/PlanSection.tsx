import type { DatasetWork } from '@comity/node/api';
import type { ReactNode } from 'react';
import { useWords } from '../../words/useWords.ts';
import { MinimiseForm } from './MinimiseForm.tsx';
import { OwnForm } from './OwnForm.tsx';
import { SafeHarborForm } from './SafeHarborForm.tsx';
import { SynthesisForm } from './SynthesisForm.tsx';

/** What can be made of a dataset: each proposal opens its own form. */
export function PlanSection({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  return (
    <section className="section no-print" aria-labelledby="plans">
      <h2 id="plans">{t('plan.title')}</h2>
      <p>{t('plan.lead')}</p>
      <Proposal name={t('plan.minimise')} says={t('plan.minimise.says')}>
        <MinimiseForm work={work} />
      </Proposal>
      <Proposal name={t('plan.harbor')} says={t('plan.harbor.says')}>
        {/* What a person says begins with what the scan proposes, as soon as there is a proposal. */}
        <SafeHarborForm key={String(work.safeHarbor !== null)} work={work} />
      </Proposal>
      <Proposal name={t('plan.own')} says={t('plan.own.says')}>
        <OwnForm key={String(work.safeHarbor !== null)} work={work} />
      </Proposal>
      <Proposal name={t('plan.synthetic')} says={t('plan.synthetic.says')}>
        <SynthesisForm work={work} />
      </Proposal>
    </section>
  );
}

function Proposal({ name, says, children }: { readonly name: string; readonly says: string; readonly children: ReactNode }) {
  return (
    <details className="plan">
      <summary>
        <strong>{name}</strong>
        <span className="small quiet"> {says}</span>
      </summary>
      {children}
    </details>
  );
}

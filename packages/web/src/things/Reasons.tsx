import type { Assessment, Reason } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { Verdict } from './Verdict.tsx';

/** Why: for each body of rules what it says, one sentence a reason, with its citation. The sentences stand in the packs, in the packs' language. */
export function Reasons({ assessment }: { readonly assessment: Assessment }) {
  const { t, term } = useWords();
  return (
    <section className="section" aria-labelledby="why">
      <h2 id="why">{t('reasons.title')}</h2>
      {Object.entries(assessment.regimes).map(([name, regime]) => (
        <div key={name} className="regime">
          <h3 className="row">
            <span>{term(`regime.${name}`)}</span> <Verdict verdict={regime.verdict} />
          </h3>
          {regime.because.length === 0 && <p className="quiet">{t('reasons.none')}</p>}
          <ul>
            {regime.because.map((reason) => (
              <OneReason key={reason.rule} reason={reason} />
            ))}
          </ul>
        </div>
      ))}
      {assessment.conflicts.map((conflict) => (
        <p key={`${conflict.demanding.rule}${conflict.forbidding.rule}`}>
          {t('reasons.conflict', { demanding: conflict.demanding.cite, forbidding: conflict.forbidding.cite })}
        </p>
      ))}
    </section>
  );
}

function OneReason({ reason }: { readonly reason: Reason }) {
  const { t } = useWords();
  return (
    <li>
      <span lang="en" dir="ltr">
        {reason.says}
      </span>{' '}
      <Basis cite={{ ref: reason.cite, url: reason.url }} />
      {reason.basis !== undefined && (
        <span className="small quiet">
          {' '}
          {t('reasons.basis')} <bdi className="mono">{reason.basis}</bdi>
        </span>
      )}
      {reason.trust === 'C' && <span className="small quiet"> {t('reasons.memory')}</span>}
    </li>
  );
}

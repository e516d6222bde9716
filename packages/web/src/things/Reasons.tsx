import type { Assessment, Reason, Verdict } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { Verdict as VerdictMark } from './Verdict.tsx';

const STRICTEST_FIRST: readonly Verdict[] = ['prohibited', 'conflict', 'authorisation', 'undecided', 'conditional', 'free'];

/** Why: for each body of rules what it says, one sentence a reason, with its citation. The sentences stand in the packs, in the packs' language. */
export function Reasons({ assessment }: { readonly assessment: Assessment }) {
  const { t, term } = useWords();
  const place = (verdict: Verdict): number => STRICTEST_FIRST.indexOf(verdict);
  const regimes = Object.entries(assessment.regimes).sort(([, a], [, b]) => place(a.verdict) - place(b.verdict));
  const against = regimes
    .flatMap(([, regime]) => regime.because)
    .filter((reason) => place(reason.verdict) < place('conditional')).length;
  return (
    <section className="section" aria-labelledby="why">
      <h2 id="why">{t('reasons.title')}</h2>
      <p>{t('reasons.against', { n: against })}</p>
      {regimes.map(([name, regime]) => (
        <div key={name} className="regime">
          <h3 className="row">
            <span>{term(`regime.${name}`)}</span> <VerdictMark verdict={regime.verdict} />
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

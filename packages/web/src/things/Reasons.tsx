import type { Assessment, Conflict, Reason, RegimeAssessment, Verdict } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { Confirmed } from './Confirmed.tsx';
import { RuleDetails } from './RuleDetails.tsx';
import { useFactWords } from './useFactWords.ts';
import { Verdict as VerdictMark } from './Verdict.tsx';
import './reasons.css';

const STRICTEST_FIRST: readonly Verdict[] = ['prohibited', 'conflict', 'authorisation', 'undecided', 'conditional', 'free'];

type Named = readonly [string, RegimeAssessment];

/** Why: for each body of rules what it says, one sentence a reason, with its citation. The sentences stand in the packs, in the packs' language. */
export function Reasons({ assessment }: { readonly assessment: Assessment }) {
  const { t, term } = useWords();
  const place = (verdict: Verdict): number => STRICTEST_FIRST.indexOf(verdict);
  const regimes = Object.entries(assessment.regimes).sort(([, a], [, b]) => place(a.verdict) - place(b.verdict));
  const speaks = ([, regime]: Named): boolean => regime.verdict !== 'free' || regime.because.length > 0;
  const silent = regimes.filter((regime) => !speaks(regime));
  const against = regimes
    .flatMap(([, regime]) => regime.because)
    .filter((reason) => place(reason.verdict) < place('undecided')).length;
  return (
    <section className="section" aria-labelledby="why">
      <h2 id="why">{t('reasons.title')}</h2>
      <p>{against === 0 && assessment.verdict === 'undecided' ? t('reasons.open') : t('reasons.against', { n: against })}</p>
      <Conflicts conflicts={assessment.conflicts} />
      {regimes.filter(speaks).map((regime) => (
        <OneRegime key={regime[0]} regime={regime} />
      ))}
      {silent.length > 0 && (
        <details className="silent">
          <summary>{t('reasons.silent', { n: silent.length })}</summary>
          <ul>
            {silent.map(([name]) => (
              <li key={name}>{term(`regime.${name}`)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** One law demands what another forbids: both with their citations, and neither hidden. */
function Conflicts({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const { t, term } = useWords();
  if (conflicts.length === 0) return null;
  return (
    <div className="conflicts">
      <h3>{t('reasons.conflicts', { n: conflicts.length })}</h3>
      <ul>
        {conflicts.map(({ demanding, forbidding }) => (
          <li key={`${demanding.rule}${forbidding.rule}`}>
            {t('reasons.conflict', {
              demanding: `${term(`regime.${demanding.regime}`)} (${demanding.cite})`,
              forbidding: `${term(`regime.${forbidding.regime}`)} (${forbidding.cite})`,
            })}
          </li>
        ))}
      </ul>
      <p>{t('reasons.conflict.people')}</p>
    </div>
  );
}

function OneRegime({ regime: [name, regime] }: { readonly regime: Named }) {
  const { t, term } = useWords();
  const say = useFactWords();
  const said = regime.because.filter((reason) => reason.verdict !== 'undecided');
  const waiting = regime.because.filter((reason) => reason.verdict === 'undecided');
  return (
    <div className="regime">
      <h3 className="row">
        <span>{term(`regime.${name}`)}</span> <VerdictMark verdict={regime.verdict} />
      </h3>
      {said.length > 0 && (
        <ul>
          {said.map((reason) => (
            <OneReason key={reason.rule} pack={name} reason={reason} />
          ))}
        </ul>
      )}
      {regime.missing.length > 0 && (
        <p className="small">
          {t('reasons.waits', { n: regime.missing.length, facts: regime.missing.map(say.name).join('; ') })}
        </p>
      )}
      {waiting.length > 0 && (
        <details>
          <summary className="small">{t('reasons.may', { n: waiting.length })}</summary>
          <ul>
            {waiting.map((reason) => (
              <OneReason key={reason.rule} pack={name} reason={reason} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function OneReason({ pack, reason }: { readonly pack: string; readonly reason: Reason }) {
  const { t } = useWords();
  return (
    <li>
      <bdi lang="en">{reason.says}</bdi> <Basis cite={{ ref: reason.cite, url: reason.url }} />
      {reason.confirmed !== 'official' && (
        <>
          {' '}
          <Confirmed how={reason.confirmed} />
        </>
      )}
      {reason.basis !== undefined && (
        <span className="small quiet">
          {' '}
          {t('reasons.basis')} <bdi className="mono">{reason.basis}</bdi>
        </span>
      )}
      <RuleDetails pack={pack} rule={reason.rule} />
    </li>
  );
}

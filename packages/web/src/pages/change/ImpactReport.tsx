import type { Changed } from '@comity/assess';
import type { ImpactView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { parties } from '../../api/queries.ts';
import { Differences } from '../../things/Differences.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { shortId } from '../../things/shortId.ts';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';

/** What the draft would do: first in numbers, then transfer by transfer, then in the text of the law. */
export function ImpactReport({ impact }: { readonly impact: ImpactView }) {
  const { t } = useWords();
  const { counts, changed, differences } = impact;
  return (
    <div className="impact">
      <p role="status">
        <strong>{t('impact.sum', { live: counts.live, changed: changed.length })}</strong>{' '}
        {changed.length > 0 &&
          t('impact.how', { stopped: counts.stopped, stricter: counts.stricter, laxer: counts.laxer, duties: counts.duties })}
      </p>
      {counts.live === 0 && <p className="quiet">{t('impact.nothing-runs')}</p>}
      {changed.length > 0 && (
        <ul className="changed">
          {changed.map((one) => (
            <OneChanged key={one.id} changed={one} />
          ))}
        </ul>
      )}
      <h3>{impact.isNew ? t('impact.new') : t('impact.text', { n: differences.length })}</h3>
      {!impact.isNew && <Differences differences={differences} />}
    </div>
  );
}

function OneChanged({ changed }: { readonly changed: Changed }) {
  const { t, term } = useWords();
  const { data } = useQuery(parties);
  const [id = '', party = ''] = changed.id.split(' ');
  return (
    <li>
      <p>
        <Link to="/cases/$id" params={{ id }}>
          {t('impact.case', { id: shortId(id), party: nameOf(data?.parties ?? [], party) })}
        </Link>
      </p>
      <p className="row">
        <Verdict verdict={changed.from} />
        <span>{t('impact.to')}</span>
        <Verdict verdict={changed.to} />
        <span className="quiet">{t('impact.since', { day: changed.since })}</span>
      </p>
      <ul>
        {changed.regimes.map(({ regime, from, to, duties }) => (
          <li key={regime}>
            {term(`regime.${regime}`)}
            {from !== to && t('impact.regime', { from: term(`verdict.${from}`), to: term(`verdict.${to}`) })}
            {duties.come.length > 0 && <Owed label={t('impact.come')} duties={duties.come} />}
            {duties.go.length > 0 && <Owed label={t('impact.go')} duties={duties.go} />}
          </li>
        ))}
      </ul>
    </li>
  );
}

function Owed({ label, duties }: { readonly label: string; readonly duties: readonly string[] }) {
  const { term } = useWords();
  return (
    <div className="small">
      {label} {duties.map((duty) => term(`owed.${duty}`)).join('; ')}
    </div>
  );
}

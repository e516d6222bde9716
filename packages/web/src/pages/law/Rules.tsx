import type { LibraryRule } from '@comity/assess';
import { Basis } from '../../things/Basis.tsx';
import { Confirmed } from '../../things/Confirmed.tsx';
import { RuleSource } from '../../things/RuleDetails.tsx';
import { useWords } from '../../words/useWords.ts';

/** The rules of a pack, each with what lifts or meets it nested beneath. */
export function Rules({ rules }: { readonly rules: readonly LibraryRule[] }) {
  const { t } = useWords();
  return (
    <section className="section" aria-labelledby="rules">
      <h2 id="rules">{t('law.rules.n', { n: rules.length })}</h2>
      <ol className="rules">
        {rules.map((rule) => (
          <li key={rule.id}>
            <Rule rule={rule} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Rule({ rule, nested = false }: { readonly rule: LibraryRule; readonly nested?: boolean }) {
  const { t } = useWords();
  return (
    // An exception that several rules share stands under each of them; only a rule is linked to.
    <article className="rule" {...(nested ? {} : { id: rule.id })}>
      <p className="rule-says">
        <span className="kind small">{t(`law.kind.${rule.kind}`)}</span> <bdi lang="en">{rule.says}</bdi>{' '}
        <Basis cite={{ ref: rule.cite, url: rule.url }} /> {rule.confirmed !== 'official' && <Confirmed how={rule.confirmed} />}{' '}
        {rule.until !== undefined && <span className="small quiet">{t('rule.until', { until: rule.until })}</span>}
      </p>
      <details>
        <summary className="small">{t('law.source')}</summary>
        <RuleSource rule={rule} />
      </details>
      {rule.unless.length > 0 && (
        <details open={rule.unless.length <= 3}>
          <summary className="small">{t('law.unless', { n: rule.unless.length })}</summary>
          <ul className="unless">
            {rule.unless.map((exception) => (
              <li key={exception.id}>
                <Rule rule={exception} nested />
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

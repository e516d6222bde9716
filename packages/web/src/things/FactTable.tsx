import type { Facts } from '@comity/core';
import { useWords } from '../words/useWords.ts';
import { useFactWords } from './useFactWords.ts';

/** The facts that the answer rests on. A fact that is not here is unknown. */
export function FactTable({ facts }: { readonly facts: Facts }) {
  const { t } = useWords();
  const say = useFactWords();
  const entries = Object.entries(facts);
  return (
    <section className="section">
      <details>
        <summary>{t('facts.title', { n: entries.length })}</summary>
        <dl className="facts small">
          {entries.map(([fact, value]) => (
            <div key={fact} style={{ display: 'contents' }}>
              <dt title={fact}>{say.name(fact)}</dt>
              <dd>
                <bdi>{say.value(value)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

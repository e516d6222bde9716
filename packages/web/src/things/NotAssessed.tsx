import { useWords } from '../words/useWords.ts';

/** Regimes for which no pack is loaded: named aloud, since silence would read as permission. */
export function NotAssessed({ regimes }: { readonly regimes: readonly string[] }) {
  const { t, term } = useWords();
  if (regimes.length === 0) return null;
  return (
    <section className="section" aria-labelledby="not-assessed">
      <h2 id="not-assessed">{t('assess.not')}</h2>
      <p className="unreviewed">{t('assess.not.lead')}</p>
      <ul>
        {regimes.map((regime) => (
          <li key={regime}>{term(`regime.${regime}`)}</li>
        ))}
      </ul>
    </section>
  );
}

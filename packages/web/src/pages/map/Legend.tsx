import type { CountryVerdict, Verdict as VerdictOf } from '@comity/assess';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';

export const VERDICTS: readonly VerdictOf[] = ['free', 'conditional', 'authorisation', 'undecided', 'conflict', 'prohibited'];

interface Props {
  readonly countries: readonly CountryVerdict[];
  readonly shown: ReadonlySet<VerdictOf>;
  readonly onToggle: (verdict: VerdictOf) => void;
}

/** What the colours mean, how many countries have each, and which are on show. */
export function Legend({ countries, shown, onToggle }: Props) {
  const { t } = useWords();
  const count = (verdict: VerdictOf): number => countries.filter((one) => one.verdict === verdict).length;
  const bare = countries.filter(({ assessed }) => !assessed).length;
  return (
    <fieldset className="legend">
      <legend className="small">{t('map.legend')}</legend>
      <div className="row">
        {VERDICTS.filter((verdict) => count(verdict) > 0).map((verdict) => (
          <button
            key={verdict}
            type="button"
            className="legend-entry"
            aria-pressed={shown.has(verdict)}
            onClick={() => onToggle(verdict)}
          >
            <span className={`swatch ${verdict}`} aria-hidden />
            <Verdict verdict={verdict} /> <strong>{count(verdict)}</strong>
          </button>
        ))}
      </div>
      {bare > 0 && (
        <p className="row bare-note">
          <span className="swatch bare" aria-hidden />
          <span>{t('map.bare', { n: bare })}</span>
        </p>
      )}
    </fieldset>
  );
}

import type { Assessment } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import { useFactWords } from './useFactWords.ts';

/** What stands beside every verdict: whether the text of the law was confirmed, how long the answer holds, and who has reviewed the packs. */
export function Caveats({ assessment }: { readonly assessment: Assessment }) {
  const { t } = useWords();
  const say = useFactWords();
  const { confirmed, countriesNotAssessed, lawfulUntil, packs } = assessment;
  return (
    <>
      {countriesNotAssessed.length > 0 && (
        <p className="unreviewed">
          {t('assess.countries', { countries: countriesNotAssessed.map(say.country).join(t('comma')) })}
        </p>
      )}
      {confirmed !== 'official' && <p className="unreviewed">{t(`confirmed.verdict.${confirmed}`)}</p>}
      {lawfulUntil !== null && <p>{t('assess.until', { day: lawfulUntil })}</p>}
      {packs.some((pack) => !pack.reviewed) && <p className="unreviewed">{t('assess.unreviewed')}</p>}
    </>
  );
}

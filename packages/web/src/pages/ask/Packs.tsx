import type { Assessment, DecisionRecord } from '@comity/assess';
import { Link } from '@tanstack/react-router';
import { Digest } from '../../things/Digest.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly assessment: Assessment;
  readonly record: DecisionRecord;
}

/** What the answer rests on, exactly: anybody with these facts and packs gets the same one, byte for byte. */
export function Packs({ assessment, record }: Props) {
  const { t, term } = useWords();
  const { packs } = assessment;
  return (
    <section className="section" aria-labelledby="packs">
      <h2 id="packs">{t('ask.packs')}</h2>
      <p>{t('ask.packs.lead', { day: assessment.on })}</p>
      <p>
        {t('ask.record')} <Digest value={record.sha256} />
      </p>
      <details>
        <summary>{t('ask.packs.n', { n: packs.length, unreviewed: packs.filter(({ reviewed }) => !reviewed).length })}</summary>
        <ul>
          {packs.map((pack) => (
            <li key={pack.id}>
              <Link to="/law/$pack" params={{ pack: pack.id }}>
                {term(`regime.${pack.id}`)}
              </Link>{' '}
              <span className="small quiet">
                {t('law.version', { n: pack.version })}
                {!pack.reviewed && `; ${t('law.unreviewed')}`}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

import type { CaseView } from '@comity/node/api';
import { Moment } from '../../things/Moment.tsx';
import { useWords } from '../../words/useWords.ts';

/** What persons who were told complain of: by number, with what they wrote and want. */
export function Complaints({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  if (view.complaints.length === 0) return null;
  return (
    <section className="section" aria-labelledby="complaints">
      <h2 id="complaints">{t('complaints.title', { n: view.complaints.length })}</h2>
      <ul>
        {view.complaints.map(({ number, about, want, at, said, index }) => (
          <li key={number}>
            <bdi className="mono">{number}</bdi>: {term(`complaint.about.${about}`)}
            {t('comma') + term(`complaint.want.${want}`)}{' '}
            <span className="quiet small">
              <Moment at={at} zone={zone} />
              {t('comma')}
              {index === null ? t('act.unlogged') : t('act.logged', { index })}
            </span>
            {said === null ? (
              <p className="quiet">{t('withheld')}</p>
            ) : (
              <p className="freetext" dir="auto">
                {said.text}
              </p>
            )}
            {said !== null && said.name + said.reach !== '' && (
              <p className="small">
                <bdi>{said.name}</bdi> <bdi>{said.reach}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

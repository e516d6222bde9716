import type { Assessment } from '@comity/assess';
import { useWords } from '../words/useWords.ts';
import { Scroll } from './Scroll.tsx';

const PHASES = ['pre', 'during', 'post'] as const;

/** What is owed: before sending, while the data are there, and after. */
export function DutyTable({ assessment }: { readonly assessment: Assessment }) {
  const { t, term } = useWords();
  const all = Object.values(assessment.regimes).flatMap((regime) => regime.duties);
  if (all.length === 0) return null;
  return (
    <section className="section" aria-labelledby="owed">
      <h2 id="owed">{t('owed.title', { n: all.length })}</h2>
      <Scroll label={t('owed.title', { n: all.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('owed.when')}</th>
              <th scope="col">{t('owed.what')}</th>
              <th scope="col">{t('owed.basis')}</th>
              <th scope="col">{t('owed.state')}</th>
            </tr>
          </thead>
          <tbody>
            {PHASES.flatMap((phase) =>
              all
                .filter((duty) => duty.phase === phase)
                .map((duty) => (
                  <tr key={`${duty.rule}${duty.duty}`}>
                    <td>{t(`owed.${phase}`)}</td>
                    <td>{term(`owed.${duty.duty}`)}</td>
                    <td>
                      <bdi className="small quiet">{duty.cite}</bdi>
                    </td>
                    <td>{duty.met === undefined ? t('owed.task') : t(duty.met ? 'owed.met' : 'owed.open')}</td>
                  </tr>
                )),
            )}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

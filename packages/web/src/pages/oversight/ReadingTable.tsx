import type { OversightView, WatchedReading } from '@comity/node/api';
import { Moment } from '../../things/Moment.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { officeOf, yearOf } from './officeOf.ts';

interface Props {
  readonly readings: readonly WatchedReading[];
  readonly view: OversightView;
}

/** Readings, one a line: when, whose, what, why, which case, and where the log says so. */
export function ReadingTable({ readings, view }: Props) {
  const { t } = useWords();
  return (
    <Scroll label={t('oversight.readings')}>
      <table className="watched">
        <thead>
          <tr>
            <th scope="col">{t('verify.at')}</th>
            <th scope="col">{t('oversight.office')}</th>
            <th scope="col">{t('oversight.kind')}</th>
            <th scope="col">{t('oversight.reason')}</th>
            <th scope="col">{t('oversight.case')}</th>
            <th scope="col">{t('oversight.place')}</th>
          </tr>
        </thead>
        <tbody>
          {readings.map((one) => (
            <Row key={`${one.origin} ${one.index}`} one={one} view={view} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({ one, view }: { readonly one: WatchedReading; readonly view: OversightView }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  return (
    <tr>
      <th scope="row">
        <Moment at={one.at} zone={zone} />
      </th>
      <td>
        <bdi>{officeOf(view, one.party)}</bdi>
        <span className="quiet">{t('comma') + term(`role.${one.role}`)}</span>
      </td>
      <td data-label={t('oversight.kind')} className="whole">
        {t(`oversight.opened.${one.opened}`)}
      </td>
      <td data-label={t('oversight.reason')}>{term(`purpose.${one.purpose}`)}</td>
      <td data-label={t('oversight.case')} className="whole">
        <CaseNumber id={one.case} />
      </td>
      <td data-label={t('oversight.place')} className="whole">
        {t('oversight.entry', { index: one.index, year: yearOf(one.origin) })}
      </td>
    </tr>
  );
}

/** The pseudonym of a case: short to tell cases apart, whole for whoever asks the office about it. */
function CaseNumber({ id }: { readonly id: string }) {
  const { t } = useWords();
  const short = shortId(id);
  return (
    <>
      <bdi className="mono" title={id}>
        {short}
      </bdi>{' '}
      <button
        type="button"
        className="plain linked small no-print"
        onClick={() => void navigator.clipboard.writeText(id)}
        aria-label={t('oversight.case.copy', { id: short })}
      >
        {t('digest.copy-short')}
      </button>
    </>
  );
}

import type { WatchedLog } from '@comity/node/api';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useNow } from '../../api/now.ts';
import { Moment } from '../../things/Moment.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { remaining } from '../../words/when.ts';
import { yearOf } from './officeOf.ts';

/** A log that rests asks its witnesses once an hour; half an hour more is no matter of note. */
const SILENT = 90 * 60_000;

/** The logs that this office witnesses: how far, since when, and what speaks against each. */
export function LogTable({ logs }: { readonly logs: readonly WatchedLog[] }) {
  const { t } = useWords();
  return (
    <section className="section" aria-labelledby="logs">
      <h2 id="logs">{t('oversight.logs')}</h2>
      {logs.length === 0 ? (
        <p className="quiet">{t('oversight.logs.empty')}</p>
      ) : (
        <Scroll label={t('oversight.logs')}>
          <table className="watched">
            <thead>
              <tr>
                <th scope="col">{t('oversight.office')}</th>
                <th scope="col" className="number">
                  {t('oversight.size')}
                </th>
                <th scope="col">{t('oversight.cosigned')}</th>
                <th scope="col">{t('oversight.copied')}</th>
                <th scope="col">{t('oversight.against')}</th>
              </tr>
            </thead>
            <tbody>
              {accusedFirst(logs).map((log) => (
                <LogRow key={log.origin} log={log} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function accusedFirst(logs: readonly WatchedLog[]): readonly WatchedLog[] {
  return [...logs].sort((a, b) => b.evidence.length - a.evidence.length);
}

function LogRow({ log }: { readonly log: WatchedLog }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const { name, origin, size, cosigned, copied } = log;
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi> <span className="small quiet year">{t('oversight.year', { year: yearOf(origin) })}</span>
      </th>
      <td className="number" data-label={t('oversight.size')}>
        {size}
      </td>
      <td data-label={t('oversight.cosigned')}>
        <Moment at={cosigned} zone={zone} />
        <Silence since={cosigned} />
      </td>
      <td data-label={t('oversight.copied')}>
        {copied === size ? t('oversight.copied.whole') : t('oversight.copied.part', { copied, size })}
      </td>
      <td data-label={t('oversight.against')}>
        <Against log={log} />
      </td>
    </tr>
  );
}

function Silence({ since }: { readonly since: string }) {
  const words = useWords();
  const silent = useNow() - Date.parse(since);
  if (silent < SILENT) return null;
  return <span className="silence small">{words.t('oversight.silent', { span: remaining(silent, words) })}</span>;
}

/** What was signed and cannot both be true, in plain words; whoever doubts it reads the signed notes. */
function Against({ log: { evidence } }: { readonly log: WatchedLog }) {
  const { t } = useWords();
  if (evidence.length === 0)
    return (
      <span className="quiet">
        <IconCheck size={16} stroke={1.5} aria-hidden /> {t('oversight.against.none')}
      </span>
    );
  return (
    <>
      {evidence.map((kind) => (
        <span key={kind} className="accused">
          <IconAlertTriangle size={16} stroke={1.5} aria-hidden /> {t(`oversight.evidence.${kind}`)}
        </span>
      ))}
      <a href="/public/evidence" target="_blank" rel="noreferrer">
        {t('oversight.evidence.see')}
      </a>
    </>
  );
}

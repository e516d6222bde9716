import type { Finding, FindingKind, Report } from '@comity/verify';
import { Digest } from '../../things/Digest.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { Verdict } from '../../things/Verdict.tsx';
import { useWords } from '../../words/useWords.ts';
import { useFindingWords } from './useFindingWords.ts';

const KINDS: readonly FindingKind[] = ['tampered', 'departure', 'gap', 'remark'];
/** More sentences of one kind than anybody reads; a hostile file may have a hundred thousand. */
const MOST = 200;

/** What the verifier says: the verdict, what was checked, each finding, and the acts it replayed. */
export function ReportView({ report }: { readonly report: Report }) {
  const { t } = useWords();
  const { checked } = report;
  return (
    <>
      <section className="section" aria-live="polite">
        <p>
          <Verdict verdict={report.verdict} large />
        </p>
        <p>{t(`verify.says.${report.verdict}`)}</p>
        <p className="quiet">
          {t('verify.checked', {
            acts: checked.acts,
            entries: checked.entries,
            logs: checked.logs,
            assessments: checked.assessments,
            manifests: checked.manifests,
          })}
        </p>
      </section>
      {KINDS.map((kind) => (
        <Findings key={kind} kind={kind} findings={report.findings.filter((finding) => finding.kind === kind)} />
      ))}
      <Replayed report={report} />
      <Readings report={report} />
    </>
  );
}

function Findings({ kind, findings }: { readonly kind: FindingKind; readonly findings: readonly Finding[] }) {
  const { t } = useWords();
  const say = useFindingWords();
  if (findings.length === 0) return null;
  return (
    <section className="section">
      <h2>{t(`verify.kind.${kind}`, { n: findings.length })}</h2>
      <ul>
        {findings.slice(0, MOST).map((finding) => (
          <li key={`${finding.code}${JSON.stringify(finding.about)}${JSON.stringify(finding.values)}`}>
            {say(finding)} <About finding={finding} />
          </li>
        ))}
      </ul>
      {findings.length > MOST && <p>{t('verify.more', { n: findings.length - MOST })}</p>}
    </section>
  );
}

function About({ finding }: { readonly finding: Finding }) {
  const { act, party, index, item } = finding.about;
  return (
    <span className="small quiet row" style={{ display: 'inline-flex' }}>
      {party !== undefined && <bdi>{party}</bdi>}
      {item !== undefined && <bdi className="mono">{item}</bdi>}
      {index !== undefined && <bdi className="mono">#{index}</bdi>}
      {act !== undefined && <Digest value={act} />}
    </span>
  );
}

function Replayed({ report }: { readonly report: Report }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  if (report.timeline.length === 0) return null;
  return (
    <section className="section">
      <Scroll label={t('verify.timeline')}>
        <table>
          <caption>{t('verify.timeline')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('verify.at')}</th>
              <th scope="col">{t('verify.act')}</th>
              <th scope="col">{t('verify.by')}</th>
              <th scope="col">{t('verify.logged')}</th>
            </tr>
          </thead>
          <tbody>
            {report.timeline.map((act) => (
              <tr key={act.digest}>
                <td>
                  <Moment at={act.at} zone={zone} />
                </td>
                <td>
                  {term(`act.${act.type}.done`)} {!act.counted && <span className="quiet">{t('act.void')}</span>}
                  {act.marks.map((mark) => (
                    <span key={mark} className="marked">
                      {t(`verify.mark.${mark}`)}
                    </span>
                  ))}
                </td>
                <td>
                  <bdi>{act.party}</bdi>
                  {t('comma')}
                  <span className="quiet">{term(`role.${act.role}`)}</span>
                </td>
                <td>
                  <bdi className="mono small">{act.logged.map((entry) => `${entry.party} #${entry.index}`).join(', ')}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Who stated a reason to look into the case, or asked for a payload, as the logs tell. */
function Readings({ report }: { readonly report: Report }) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  if (report.readings.length === 0) return null;
  return (
    <section className="section">
      <Scroll label={t('verify.readings')}>
        <table>
          <caption>{t('verify.readings')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('verify.at')}</th>
              <th scope="col">{t('verify.act')}</th>
              <th scope="col">{t('verify.by')}</th>
              <th scope="col">{t('verify.logged')}</th>
            </tr>
          </thead>
          <tbody>
            {report.readings.map(({ at, t: type, purpose, party, role, index }) => (
              <tr key={`${party}#${index}#${at}`}>
                <td>
                  <Moment at={at} zone={zone} />
                </td>
                <td>
                  {term(`verify.reading.${type}`)}
                  {purpose !== '' && `${t('comma')}${term(`purpose.${purpose}`)}`}
                </td>
                <td>
                  <bdi>{party}</bdi>
                  {t('comma')}
                  <span className="quiet">{term(`role.${role}`)}</span>
                </td>
                <td>
                  <bdi className="mono small">{`${party} #${index}`}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

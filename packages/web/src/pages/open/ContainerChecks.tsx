import type { ContainerReport } from '@comity/formats/container';
import { Digest } from '../../things/Digest.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { momentIn } from '../../words/when.ts';

type Signature = ContainerReport['signatures'][number];

/** What checking the evidence container found: the verdict, who signed and when, and each finding as a sentence. */
export function ContainerChecks({ report }: { readonly report: ContainerReport }) {
  const { t, term } = useWords();
  return (
    <section className="checks" aria-label={t('open.container')}>
      <h2>{t('open.container')}</h2>
      <p>
        <strong>{term(`container.verdict.${report.verdict}`)}</strong>
      </p>
      <ul>
        {report.signatures.map((signature) => (
          <li key={signature.name}>
            <Signed signature={signature} />
          </li>
        ))}
        {report.findings.map((finding) => (
          <li key={`${finding.code} ${finding.about}`}>
            {term(`container.finding.${finding.code}`, { ...finding.values, about: finding.about, why: whyOf(finding, term) })}
          </li>
        ))}
      </ul>
      {report.items !== undefined && (
        <p className="small quiet">
          {t('open.container.root', { count: report.items.count })} <Digest value={report.items.root} />
        </p>
      )}
    </section>
  );
}

function Signed({ signature }: { readonly signature: Signature }) {
  const { t, locale } = useWords();
  const { zone } = useOwn();
  const { by, at, stamp } = signature;
  const who = by === undefined ? signature.name : by.organisation || by.commonName;
  return (
    <>
      {at === undefined
        ? t('open.container.signed-undated', { who })
        : t('open.container.signed', { who, time: momentIn(at, zone, locale) })}
      {stamp?.at !== undefined && ` ${t('open.container.stamp', { time: momentIn(stamp.at, zone, locale) })}`}
    </>
  );
}

function whyOf({ values }: ContainerReport['findings'][number], term: (key: string) => string): string {
  const { fault, form } = values;
  if (fault !== undefined) return term(`container.signature.${fault}`);
  return form === undefined ? '' : term(`container.fault.${form}`);
}

import type { DatasetCard, SeenView } from '@comity/node/api';
import { Moment } from '../../things/Moment.tsx';
import { useFactWords } from '../../things/useFactWords.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** What scans of this node saw in the case's datasets: derived facts with the columns that show them, and where a card says otherwise. */
export function ScanSays({ cards }: { readonly cards: readonly DatasetCard[] }) {
  const scanned = cards.flatMap(({ dataset, scan }) => (scan === null ? [] : [{ dataset, scan }]));
  return scanned.map(({ dataset, scan }) => <Scanned key={dataset} dataset={dataset} scan={scan} />);
}

function Scanned({ dataset, scan }: { readonly dataset: string; readonly scan: SeenView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const say = useFactWords();
  const facts = [...new Set(scan.seen.map(({ fact }) => fact))];
  return (
    <section className="section scan-says">
      {scan.against.length > 0 && (
        <p className="consequence" role="note">
          {t('scan-says.against', { dataset, facts: scan.against.map(say.name).join('; ') })}
        </p>
      )}
      <details open={scan.against.length > 0}>
        <summary>
          {t('scan-says.title', { dataset })} <Moment at={scan.at} zone={zone} />
        </summary>
        <p className="small">{t('scan-says.lead')}</p>
        <dl className="facts small">
          {facts.map((fact) => (
            <div key={fact} style={{ display: 'contents' }}>
              <dt>{say.name(fact)}</dt>
              <dd>
                <Seen seen={scan.seen.filter((one) => one.fact === fact)} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function Seen({ seen }: Pick<SeenView, 'seen'>) {
  const say = useFactWords();
  return (
    <ul className="seen">
      {seen.map(({ value, columns }) => (
        <li key={value}>
          {say.value(value)} <bdi className="mono quiet">{columns.join(', ')}</bdi>
        </li>
      ))}
    </ul>
  );
}

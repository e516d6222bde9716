import type { ScanView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';

type Columns = Extract<ScanView, { columns: unknown }>['columns'];

/** The eighteen identifiers stand under one citation here; the form for Safe Harbor tells them apart. */
const HIPAA = '45 CFR 164.514(b)(2)(i)';

/** Which rules speak of what was found, and in which columns. */
export function Regulated({ columns }: { readonly columns: Columns }) {
  const { t, term } = useWords();
  const rows = regimesIn(columns);
  if (rows.length === 0) return null;
  return (
    <section className="section" aria-labelledby="regulated">
      <h2 id="regulated">{t('scan.regulated')}</h2>
      <p>{t('scan.regulated.lead')}</p>
      <dl className="facts">
        {rows.map(([regime, names]) => (
          <div key={regime} className="pair">
            <dt>{regime === 'hipaa' ? <bdi>HIPAA, {HIPAA}</bdi> : term(`regime.${regime}`)}</dt>
            <dd>
              <bdi className="mono small">{names.join(', ')}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function regimesIn(columns: Columns): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, Set<string>>();
  for (const { name, classes } of columns)
    for (const regime of classes.flatMap((finding) => finding.regimes)) {
      const key = regime.startsWith('hipaa:') ? 'hipaa' : regime;
      found.set(key, (found.get(key) ?? new Set()).add(name));
    }
  return [...found].map(([regime, names]) => [regime, [...names]] as const).sort(([a], [b]) => a.localeCompare(b));
}

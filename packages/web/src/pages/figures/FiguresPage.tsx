import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Figures, figuresOf } from '../../api/figures.ts';
import { nodeNow } from '../../api/now.ts';
import { Basis } from '../../things/Basis.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { saveFile } from '../../things/saveFile.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Costs, LetterSection } from './LetterSection.tsx';
import { csvOf, LETTERS, unitsOf } from './tables.ts';
import './figures.css';

const CITE = { ref: 'Reg. (EU) 2023/1543 art. 28(2)', url: 'https://eur-lex.europa.eu/eli/reg/2023/1543/oj' };
/** From when the Regulation applies (art. 34). */
const FIRST_YEAR = 2026;

/** The statistics of article 28(2), counted from the acts of this office's cases, each beside what it counts. */
export function FiguresPage() {
  const { t, language } = useWords();
  const thisYear = new Date(nodeNow()).getUTCFullYear();
  const year = useSearch({ strict: false, select: (search) => search.year }) ?? thisYear;
  const { data, error } = useQuery(figuresOf(year, language));
  const navigate = useNavigate();
  const years = Array.from({ length: Math.max(1, thisYear - FIRST_YEAR + 1) }, (_, index) => String(thisYear - index));
  return (
    <article className="figures">
      <h1>{t('figures.title', { year: String(year) })}</h1>
      <p>
        {t('figures.lead')} <Basis cite={CITE} />
      </p>
      <div className="row no-print">
        <NativeSelect
          label={t('figures.year')}
          value={String(year)}
          onChange={(event) => void navigate({ to: '/figures', search: { year: Number(event.currentTarget.value) } })}
          data={[...new Set([...years, String(year)])]}
        />
        {data !== undefined && <Buttons figures={data} />}
      </div>
      {data === undefined ? error === null ? <Loading /> : <Problem error={error} /> : <Told figures={data} />}
    </article>
  );
}

function Buttons({ figures }: { readonly figures: Figures }) {
  const { t } = useWords();
  const save = (): void =>
    saveFile(new Blob([csvOf(figures)], { type: 'text/csv' }), `figures-${figures.party}-${figures.year}.csv`);
  return (
    <>
      <Button variant="default" onClick={save}>
        {t('figures.csv')}
      </Button>
      <Button variant="default" onClick={() => window.print()}>
        {t('figures.print')}
      </Button>
    </>
  );
}

function Told({ figures }: { readonly figures: Figures }) {
  const { t } = useWords();
  const { party, zone } = useOwn();
  const { definitions } = figures;
  return (
    <>
      <p className="small">
        <bdi>{party?.name ?? figures.party}</bdi>. {t('figures.made')} <Moment at={figures.made} zone={zone} />.{' '}
        {t('figures.zone')} <bdi>{figures.zone}</bdi>
      </p>
      <p>{definitions['year']}</p>
      <p>{definitions['row']}</p>
      <p className="consequence">{definitions['small']}</p>
      <Units figures={figures} />
      {LETTERS.map((letter) => (
        <LetterSection key={letter} figures={figures} letter={letter} />
      ))}
      <Costs figures={figures} />
    </>
  );
}

/** Five units, kept apart: what is added up wrongly elsewhere is here told apart. */
function Units({ figures }: { readonly figures: Figures }) {
  const { t, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  return (
    <section className="section" aria-labelledby="units">
      <h2 id="units">{t('figures.units')}</h2>
      <table>
        <caption className="unseen">{t('figures.units')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figures.unit')}</th>
            <th scope="col" className="number">
              {t('figures.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {unitsOf(figures).map(({ unit, of, n }) => (
            <tr key={`${unit} ${of}`}>
              <th scope="row">
                {figures.definitions[`unit.${unit}`]} {of !== undefined && <bdi>{of}</bdi>}
              </th>
              <td className="number">{n === null ? <span className="quiet">{t('figures.null')}</span> : number.format(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

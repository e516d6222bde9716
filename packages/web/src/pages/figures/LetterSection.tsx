import { useQuery } from '@tanstack/react-query';
import type { Figures } from '../../api/figures.ts';
import { parties } from '../../api/queries.ts';
import { nameOf } from '../../things/nameOf.ts';
import { Scroll } from '../../things/Scroll.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { Value } from '../../things/Value.tsx';
import { useWords } from '../../words/useWords.ts';
import { type Cell, COLUMNS, type FigureRow, isNumberColumn, type Letter, tablesOf } from './tables.ts';

interface Props {
  readonly figures: Figures;
  readonly letter: Letter;
}

/** What stands under one letter of the article, beside its definition. */
export function LetterSection({ figures, letter }: Props) {
  const { t, term, locale } = useWords();
  const definition = figures.definitions[letter] ?? '';
  const number = new Intl.NumberFormat(locale);
  return (
    <section className="section" aria-labelledby={`figure-${letter}`}>
      <h2 id={`figure-${letter}`}>{term(`figures.letter.${letter}`)}</h2>
      <p className="definition">{definition}</p>
      {tablesOf(figures)
        .filter((table) => table.letter === letter)
        .map(({ part, says }) => (
          <div key={part ?? letter} className="figure-part">
            {part !== undefined && <h3>{term(`figures.part.${part}`)}</h3>}
            {says === null && <p className="quiet">{t('figures.null.why')}</p>}
            {typeof says === 'number' && <p className="count">{number.format(says)}</p>}
            {says !== null && typeof says !== 'number' && (
              <Rows rows={says} label={part === undefined ? definition : term(`figures.part.${part}`)} />
            )}
          </div>
        ))}
    </section>
  );
}

function Rows({ rows, label }: { readonly rows: readonly FigureRow[]; readonly label: string }) {
  const { t, term } = useWords();
  const columns = COLUMNS.filter((column) => rows.some((row) => row[column] !== undefined));
  if (rows.length === 0) return <p className="quiet">{t('figures.none')}</p>;
  return (
    <Scroll label={label}>
      <table>
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={isNumberColumn(column) ? 'number' : ''}>
                {term(`figures.col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify(row)}>
              {columns.map((column) => (
                <td key={column} className={isNumberColumn(column) ? 'number' : ''}>
                  <Shown column={column} cell={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Shown({ column, cell }: { readonly column: string; readonly cell: Cell | undefined }) {
  const { t, term, locale } = useWords();
  const known = useQuery(parties).data?.parties ?? [];
  if (cell === undefined || cell === null) return t('figures.null');
  if (typeof cell === 'boolean') return t(cell ? 'yes' : 'no');
  if (typeof cell === 'number') return new Intl.NumberFormat(locale).format(cell);
  if (column === 'type') return term(`category.${cell}`);
  if (column === 'outcome') return term(`figures.outcome.${cell}`);
  if (column === 'ground') return term(`ground.${cell}`);
  if (column === 'by') return term(`seat.${cell}`);
  return <bdi>{column === 'addressee' ? nameOf(known, cell) : cell}</bdi>;
}

/** Amounts claim by claim, as the acts carry them: several currencies are not added up. */
export function Costs({ figures }: Pick<Props, 'figures'>) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  if (figures.j.amounts.length === 0) return null;
  return (
    <section aria-labelledby="amounts">
      <h3 id="amounts">{t('figures.amounts')}</h3>
      <ol>
        {figures.j.amounts.map(({ act, ...said }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two claims may say the same, and their order does not change
          <li key={index}>
            {term(`act.${String(act)}.done`)}{' '}
            {Object.entries(said).map(([name, value]) => (
              <span key={name}>
                {term(`member.${name}`)}: <Value value={value} zone={zone} />{' '}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import type { RowAt } from './evidence.ts';
import { type Bench, keyOf } from './tools.ts';

interface Props extends Pick<Bench, 'tables' | 'picked' | 'onPick'> {
  readonly rows: readonly RowAt[];
}

/** As many rows as a person can look through; the count says how many there are. */
const SHOWN = 200;

/** Rows that were found, in a table for each file they come from, with their numbers; each can be chosen for a finding. */
export function RowList({ tables, rows, picked, onPick }: Props) {
  const { t } = useWords();
  const shown = rows.slice(0, SHOWN);
  return (
    <>
      <p role="status">{t('look.found', { n: rows.length })}</p>
      {tables.map((table, index) => {
        const own = shown.filter((one) => one.table === index);
        return own.length === 0 ? null : (
          <OneTable key={`${table.item} ${table.file}`} {...{ tables, picked, onPick }} index={index} rows={own} />
        );
      })}
      {rows.length > SHOWN && <p className="quiet">{t('look.more', { shown: SHOWN })}</p>}
    </>
  );
}

function OneTable({ tables, rows, picked, onPick, index }: Props & { readonly index: number }) {
  const { t } = useWords();
  const table = tables[index];
  if (table === undefined) return null;
  const name = t('look.rows.of', { item: table.item, file: table.file });
  return (
    <Scroll className="opened" label={name} dir="ltr">
      <table>
        <caption>{name}</caption>
        <thead>
          <tr>
            <th scope="col">{t('look.row')}</th>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                <bdi className="mono">{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((at) => (
            <tr key={at.row}>
              <th scope="row">
                <PickBox at={at} picked={picked} onPick={onPick} />
              </th>
              {(table.rows[at.row] ?? []).map((cell, column) => (
                <td key={table.columns[column] ?? column}>
                  <bdi>{cell}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The number of a row, and whether it belongs to the finding that is being made. */
function PickBox({ at, picked, onPick }: Pick<Props, 'picked' | 'onPick'> & { readonly at: RowAt }) {
  const chosen = picked.rows.some((one) => keyOf(one) === keyOf(at));
  const change = (): void =>
    onPick({ ...picked, rows: chosen ? picked.rows.filter((one) => keyOf(one) !== keyOf(at)) : [...picked.rows, at] });
  return (
    <label className="pick">
      <input type="checkbox" checked={chosen} onChange={change} /> {at.row + 1}
    </label>
  );
}

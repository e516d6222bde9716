import { useMemo } from 'react';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import type { Shown } from './FileView.tsx';
import { readCsv } from './readCsv.ts';

/** As many rows as a person can look through; the count says how many there are. */
const SHOWN = 500;

/** A table: its columns and first rows. */
export function TableView({ bytes, whole }: Shown) {
  const { t } = useWords();
  const [head = [], ...rows] = useMemo(() => {
    const read = readCsv(new TextDecoder().decode(bytes));
    // The last row of a beginning may be cut.
    return whole ? read : read.slice(0, -1);
  }, [bytes, whole]);
  return (
    <>
      <p role="status">
        {whole ? t('open.done', { rows: rows.length, columns: head.length }) : t('open.done.part', { columns: head.length })}
      </p>
      <Scroll className="opened" label={t('open.table')} dir="ltr">
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  <bdi className="mono">{name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their place for as long as they are shown
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={head[column] ?? column}>
                    <bdi>{cell}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {rows.length > SHOWN && (
        <p className="quiet">
          {whole ? t('open.more', { shown: SHOWN, rows: rows.length }) : t('open.more.part', { shown: SHOWN })}
        </p>
      )}
    </>
  );
}

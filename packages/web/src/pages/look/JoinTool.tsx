import { Button, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { join, likelyColumns, type Pair } from './join.ts';
import { type Bench, itemsOf } from './tools.ts';

const SHOWN = 200;

/** Rows of two tables that belong together: by columns that are proposed, and that a person can change. */
export function JoinTool({ tables, ask, busy, ready }: Bench) {
  const { t } = useWords();
  const [of, setOf] = useState({ left: 0, right: Math.min(1, tables.length - 1) });
  const [named, setNamed] = useState<{ readonly left?: number; readonly right?: number }>({});
  const [found, setFound] = useState<{ readonly of: typeof of; readonly pairs: readonly Pair[] }>();
  const likely = likelyColumns(tables, of.left, of.right);
  const columns = { left: named.left ?? likely?.left.column ?? 0, right: named.right ?? likely?.right.column ?? 0 };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const used = [tables[of.left], tables[of.right]].filter((table) => table !== undefined);
    await ask('join', itemsOf(used));
    setFound({
      of,
      pairs: join(tables, { left: { table: of.left, column: columns.left }, right: { table: of.right, column: columns.right } }),
    });
  };
  const names = tables.map((table, index) => ({
    value: String(index),
    label: t('look.rows.of', { item: table.item, file: table.file }),
  }));
  const side = (which: 'left' | 'right') => (
    <div key={which}>
      <NativeSelect
        label={t(`look.join.${which}`)}
        value={String(of[which])}
        data={names}
        onChange={(event) => {
          setOf({ ...of, [which]: Number(event.currentTarget.value) });
          setNamed({});
        }}
      />
      <NativeSelect
        label={t('look.join.by')}
        value={String(columns[which])}
        data={(tables[of[which]]?.columns ?? []).map((column, index) => ({ value: String(index), label: column }))}
        onChange={(event) => setNamed({ ...named, [which]: Number(event.currentTarget.value) })}
      />
    </div>
  );
  return (
    <section aria-label={t('look.tool.join')}>
      <form className="row tool-form no-print" onSubmit={(event) => void submit(event).catch(() => undefined)}>
        {side('left')}
        {side('right')}
        <Button type="submit" loading={busy} disabled={!ready}>
          {t('look.join.go')}
        </Button>
      </form>
      {found !== undefined && <Joined tables={tables} {...found} />}
    </section>
  );
}

function Joined({
  tables,
  of,
  pairs,
}: Pick<Bench, 'tables'> & { readonly of: { readonly left: number; readonly right: number }; readonly pairs: readonly Pair[] }) {
  const { t } = useWords();
  const [left, right] = [tables[of.left], tables[of.right]];
  return (
    <>
      <p role="status">{t('look.join.found', { n: pairs.length })}</p>
      <Scroll className="opened" label={t('look.tool.join')} dir="ltr">
        <table>
          <thead>
            <tr>
              {[left, right].flatMap((table, side) =>
                [t('look.row'), ...(table?.columns ?? [])].map((column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the two sides are the left and the right
                  <th key={`${side} ${column}`} scope="col">
                    <bdi className="mono">{column}</bdi>
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, SHOWN).map((pair) => (
              <tr key={`${pair.left.row} ${pair.right.row}`}>
                {[pair.left, pair.right].flatMap((at, side) =>
                  [String(at.row + 1), ...(tables[at.table]?.rows[at.row] ?? [])].map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells keep their place for as long as they are shown
                    <td key={`${side} ${column}`}>
                      <bdi>{cell}</bdi>
                    </td>
                  )),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {pairs.length > SHOWN && <p className="quiet">{t('look.more', { shown: SHOWN })}</p>}
    </>
  );
}

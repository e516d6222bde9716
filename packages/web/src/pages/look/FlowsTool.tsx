import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { amountText } from './evidence.ts';
import { type Flow, flows } from './flows.ts';
import { RowList } from './RowList.tsx';
import { type Bench, itemsOf } from './tools.ts';

const SHOWN = 50;

/** Money by who paid whom, the largest first, in each currency apart. */
export function FlowsTool({ tables, ask, busy, ready, picked, onPick }: Bench) {
  const { t } = useWords();
  const [found, setFound] = useState<ReturnType<typeof flows>>();
  const [opened, setOpened] = useState<Flow>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await ask('flows', itemsOf(tables));
    setFound(flows(tables));
    setOpened(undefined);
  };
  return (
    <section aria-label={t('look.tool.flows')}>
      <form className="row tool-form no-print" onSubmit={(event) => void submit(event).catch(() => undefined)}>
        <Button type="submit" loading={busy} disabled={!ready}>
          {t('look.flows.go')}
        </Button>
      </form>
      {found !== undefined && (
        <>
          <p role="status">
            {found.flows.length === 0
              ? t('look.flows.none')
              : t('look.flows.found', { n: found.flows.length, unread: found.unread })}
          </p>
          {found.flows.length > 0 && <FlowTable found={found.flows.slice(0, SHOWN)} onOpen={setOpened} />}
          {found.flows.length > SHOWN && <p className="quiet">{t('look.more', { shown: SHOWN })}</p>}
          {opened !== undefined && <RowList tables={tables} rows={opened.rows} picked={picked} onPick={onPick} />}
        </>
      )}
    </section>
  );
}

function FlowTable({ found, onOpen }: { readonly found: readonly Flow[]; readonly onOpen: (flow: Flow) => void }) {
  const { t, locale } = useWords();
  const most = (currency: string): bigint => found.find((flow) => flow.currency === currency)?.sum ?? 1n;
  return (
    <Scroll label={t('look.tool.flows')}>
      <table className="bars">
        <caption>{t('look.tool.flows')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('look.flows.from')}</th>
            <th scope="col">{t('look.flows.to')}</th>
            <th scope="col">{t('look.flows.sum')}</th>
            <th scope="col">{t('look.flows.rows')}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((flow) => (
            <tr key={`${flow.from} ${flow.to} ${flow.currency}`}>
              <td>
                <bdi className="mono">{flow.from}</bdi>
              </td>
              <td>
                <bdi className="mono">{flow.to}</bdi>
              </td>
              <td>
                <span className="bar" style={{ inlineSize: `${shareOf(flow.sum, most(flow.currency))}%` }} aria-hidden />{' '}
                <bdi>
                  {amountText(flow.sum, locale)} {flow.currency}
                </bdi>
              </td>
              <td>
                <button type="button" className="plain linked" onClick={() => onOpen(flow)}>
                  {t('look.flows.show', { n: flow.rows.length })}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The width of a bar, in hundredths of its cell: room for the number stays. */
function shareOf(sum: bigint, most: bigint): number {
  return most <= 0n || sum <= 0n ? 0 : Number((sum * 60n) / most);
}

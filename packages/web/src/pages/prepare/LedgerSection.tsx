import type { DatasetWork, LedgerView } from '@comity/node/api';
import { Button, NumberInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSetBudget } from '../../api/preparation.ts';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { beyondCoin, powerOfTen, useNumber, usePercent } from './figures.ts';
import { useMadeName } from './reportIn.ts';

/** What was spent of the privacy budget of these people, entry by entry, and what is left. */
export function LedgerSection({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const { ledger } = work;
  return (
    <section className="section" aria-labelledby="ledger">
      <h2 id="ledger">{t('ledger.title', { population: ledger.population })}</h2>
      <Standing ledger={ledger} />
      {ledger.budgets.length + ledger.debits.length > 0 && <Entries work={work} />}
      {work.may.budget && <SetBudget work={work} />}
    </section>
  );
}

function Standing({ ledger }: { readonly ledger: LedgerView }) {
  const { t } = useWords();
  const [number, percent] = [useNumber(2), usePercent()];
  const total = ledger.budgets.at(-1)?.epsilon;
  if (total === undefined || ledger.left === null) return <p>{t('ledger.none')}</p>;
  return (
    <>
      <p>
        {t('ledger.says', {
          total: number(total),
          spent: number(ledger.spent),
          left: number(Math.floor(ledger.left * 100) / 100),
          delta: powerOfTen(ledger.delta),
        })}
      </p>
      <meter
        min={0}
        max={total}
        value={Math.max(0, total - ledger.left)}
        aria-label={t('ledger.title', { population: ledger.population })}
      />
      <p>{t('ledger.advantage', { percent: percent(beyondCoin(ledger.advantage)) })}</p>
    </>
  );
}

function Entries({ work: { ledger, preparations } }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const nameOf = useMadeName();
  const [epsilon, rho] = [useNumber(3), useNumber(5)];
  const entries = [
    ...ledger.budgets.map((budget) => ({
      ...budget,
      key: `b${budget.at}`,
      what: t('ledger.budget', { person: budget.person }),
      rho: undefined,
    })),
    ...ledger.debits.map((debit) => {
      const made = preparations.find(({ id }) => id === debit.preparation);
      return { ...debit, key: debit.preparation, what: made === undefined ? t('ledger.debit') : nameOf(made) };
    }),
  ].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <table className="ledger">
      <caption className="unseen">{t('ledger.title', { population: ledger.population })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ledger.at')}</th>
          <th scope="col">{t('ledger.what')}</th>
          <th scope="col" className="number">
            {t('ledger.epsilon')}
          </th>
          <th scope="col" className="number">
            {t('ledger.rho')}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.key}>
            <td>
              <Moment at={entry.at} zone={zone} />
            </td>
            <td>{entry.what}</td>
            <td className="number">{epsilon(entry.epsilon)}</td>
            <td className="number">{entry.rho === undefined ? '' : rho(entry.rho)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SetBudget({ work: { dataset, ledger } }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const [epsilon, setEpsilon] = useState<number | string>(3);
  const setting = useSetBudget(dataset.id);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setting.mutate({ population: ledger.population, epsilon: Number(epsilon), delta: ledger.delta });
  };
  return (
    <form className="stack reading no-print budget" noValidate onSubmit={submit}>
      <h3>{t('ledger.set')}</h3>
      <p>{t('ledger.set.lead', { population: ledger.population })}</p>
      <Problem error={setting.error} kept />
      <NumberInput
        label={t('ledger.set.epsilon')}
        value={epsilon}
        min={0.01}
        max={100}
        step={0.5}
        decimalScale={3}
        onChange={setEpsilon}
      />
      <Button type="submit" disabled={!(Number(epsilon) > 0)} loading={setting.isPending}>
        {t('ledger.set.submit')}
      </Button>
    </form>
  );
}

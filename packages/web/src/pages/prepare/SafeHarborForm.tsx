import type { DatasetWork, PreparePreview } from '@comity/node/api';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { previewOf, useBegin } from '../../api/preparation.ts';
import { Basis } from '../../things/Basis.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { Checklist } from './Checklist.tsx';
import { type HarborDraft, harborPlan, proposedDraft, SAYS, type Says } from './harbor.ts';

const CITE = { ref: '45 CFR 164.514(b)(2)', url: 'https://www.ecfr.gov/current/title-45/section-164.514' };
type Order = HarborDraft[string]['order'];

/** Without identities, by the safe harbour: what each column is, what happens to it, and the eighteen answers, before anything is made. */
export function SafeHarborForm({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<HarborDraft>(() => proposedDraft(work));
  const beginning = useBegin(work.dataset.id);
  const plan = harborPlan(draft, work);
  const preview = useQuery(previewOf(work.dataset.id, { kind: 'deidentify', plan }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    beginning.mutate({ kind: 'deidentify', plan });
  };
  const shown = preview.data?.kind === 'deidentify' ? preview.data : undefined;
  const leaves = shown?.columns.some(({ op }) => op !== 'drop') === true;
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <p>
        {t('harbor.lead')} <Basis cite={CITE} />
      </p>
      <Problem error={beginning.error ?? preview.error} kept />
      <Said draft={draft} onChange={setDraft} shown={shown} />
      {shown !== undefined && <Checklist entries={shown.checklist} />}
      <p className="consequence">{t('harbor.knowledge')}</p>
      <Button type="submit" disabled={!leaves} loading={beginning.isPending}>
        {t('harbor.submit')}
      </Button>
    </form>
  );
}

interface SaidProps {
  readonly draft: HarborDraft;
  readonly onChange: (draft: HarborDraft) => void;
  readonly shown: Extract<PreparePreview, { kind: 'deidentify' }> | undefined;
}

/** Column by column: what it is, and what happens to it. */
function Said({ draft, onChange, shown }: SaidProps) {
  const { t, term } = useWords();
  const dated = (says: Says): boolean => says === 'date' || says === 'birth-date';
  return (
    <Scroll label={t('harbor.columns')}>
      <table>
        <caption className="unseen">{t('harbor.columns')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dataset.column')}</th>
            <th scope="col">{t('harbor.is')}</th>
            <th scope="col">{t('harbor.happens')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(draft).map(([name, one]) => (
            <tr key={name}>
              <th scope="row">
                <bdi className="mono">{name}</bdi>
              </th>
              <td>
                <NativeSelect
                  aria-label={t('harbor.is.of', { column: name })}
                  value={one.says}
                  data={SAYS.map((says) => ({ value: says, label: t(`harbor.says.${says}`) }))}
                  onChange={(event) => {
                    const says = SAYS.find((known) => known === event.currentTarget.value) ?? 'unclassified';
                    onChange({ ...draft, [name]: { ...one, says } });
                  }}
                />
                {dated(one.says) && (
                  <NativeSelect
                    aria-label={t('harbor.order.of', { column: name })}
                    value={one.order}
                    data={(['iso', 'dmy', 'mdy'] as const).map((order) => ({ value: order, label: t(`harbor.order.${order}`) }))}
                    onChange={(event) => {
                      const order: Order =
                        event.currentTarget.value === 'dmy' ? 'dmy' : event.currentTarget.value === 'mdy' ? 'mdy' : 'iso';
                      onChange({ ...draft, [name]: { ...one, order } });
                    }}
                  />
                )}
              </td>
              <td>{term(`harbor.op.${shown?.columns.find((column) => column.name === name)?.op ?? 'drop'}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

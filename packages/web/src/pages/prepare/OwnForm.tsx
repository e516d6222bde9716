import type { DatasetWork, PreparePreview } from '@comity/node/api';
import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { previewOf, useBegin } from '../../api/preparation.ts';
import { Problem } from '../../things/Problem.tsx';
import { useSettled } from '../../things/useSettled.ts';
import { useWords } from '../../words/useWords.ts';
import { useNumber } from './figures.ts';
import { OwnColumns } from './OwnColumns.tsx';
import { type OwnDraft, ownPlan, searchedIn, startOwn } from './ownDraft.ts';

/** The file is counted anew when somebody has stopped typing for so long, in milliseconds. */
const TYPING = 400;

/** A plan of one's own, column by column; columns that are to be just coarse enough are searched for levels when it runs. */
export function OwnForm({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<OwnDraft>(() => startOwn(work));
  const beginning = useBegin(work.dataset.id);
  const plan = ownPlan(draft);
  const looked = useSettled(draft, TYPING);
  const lookedAt = ownPlan(looked);
  const preview = useQuery({
    ...previewOf(work.dataset.id, { kind: 'own', plan: lookedAt ?? {} }),
    enabled: lookedAt !== undefined,
  });
  const change = (changed: Partial<OwnDraft>): void => setDraft({ ...draft, ...changed });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (plan !== undefined) beginning.mutate({ kind: 'own', plan });
  };
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <p>{t('own.lead')}</p>
      <Problem error={beginning.error ?? (plan === undefined ? null : preview.error)} kept />
      <OwnColumns draft={draft} onChange={change} />
      {searchedIn(draft).length > 0 && <Demand draft={draft} onChange={change} />}
      {plan !== undefined && preview.data?.kind === 'own' && (
        <Now preview={preview.data} all={work.dataset.columns.length} stale={preview.isPlaceholderData || looked !== draft} />
      )}
      <Button type="submit" disabled={plan === undefined} loading={beginning.isPending}>
        {t('own.submit')}
      </Button>
    </form>
  );
}

interface Part {
  readonly draft: OwnDraft;
  readonly onChange: (changed: Partial<OwnDraft>) => void;
}

const numberOf = (value: string | number): number | '' => (value === '' ? '' : Number(value));

/** How many must look alike, in plain words, and what is asked of a column that must not become known. */
function Demand({ draft, onChange }: Part) {
  const { t } = useWords();
  const number = useNumber(0);
  const searched = searchedIn(draft);
  const others = Object.entries(draft.columns).flatMap(([name, { change }]) =>
    change === 'drop' || change === 'search' ? [] : [name],
  );
  return (
    <fieldset className="stack reading">
      <legend>{t('own.k.title')}</legend>
      <p>{t('own.k.over', { columns: searched.join(', ') })}</p>
      <NumberInput
        label={t('own.k')}
        value={draft.k}
        min={2}
        max={1_000_000}
        allowDecimal={false}
        onChange={(value) => onChange({ k: numberOf(value) })}
      />
      {draft.k !== '' && <p className="small">{t('own.k.says', { k: number(draft.k), others: number(draft.k - 1) })}</p>}
      <NumberInput
        label={t('own.suppress')}
        description={t('own.suppress.help')}
        value={draft.suppress}
        min={0}
        max={100}
        onChange={(value) => onChange({ suppress: numberOf(value) })}
      />
      <NativeSelect
        label={t('own.sensitive')}
        description={t('own.sensitive.help')}
        value={draft.sensitive}
        data={[{ value: '', label: t('own.sensitive.none') }, ...others.map((name) => ({ value: name, label: name }))]}
        onChange={(event) => onChange({ sensitive: event.currentTarget.value })}
      />
      {draft.sensitive !== '' && (
        <>
          <NumberInput
            label={t('own.l', { column: draft.sensitive })}
            description={t('own.l.help')}
            value={draft.l}
            min={2}
            allowDecimal={false}
            onChange={(value) => onChange({ l: numberOf(value) })}
          />
          <NumberInput
            label={t('own.t')}
            description={t('own.t.help')}
            value={draft.t}
            min={0.01}
            max={1}
            step={0.05}
            decimalScale={2}
            onChange={(value) => onChange({ t: numberOf(value) })}
          />
        </>
      )}
    </fieldset>
  );
}

interface NowProps {
  readonly preview: Extract<PreparePreview, { kind: 'own' }>;
  readonly all: number;
  readonly stale: boolean;
}

/** How it is before anything becomes coarser. */
function Now({ preview: { columns, now }, all, stale }: NowProps) {
  const { t } = useWords();
  const number = useNumber(0);
  return (
    <div className="plan-preview" aria-busy={stale} role="status">
      <p className="lead">{t('own.now.columns', { columns: columns.length, all })}</p>
      {now !== null && (
        <>
          <p>
            {t('own.now', {
              rows: number(now.rows),
              below: number(now.below),
              alone: number(now.alone),
              smallest: number(now.smallest ?? 0),
            })}
          </p>
          <p className="small quiet">{t('own.now.then')}</p>
        </>
      )}
    </div>
  );
}

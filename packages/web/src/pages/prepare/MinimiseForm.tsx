import type { DatasetWork } from '@comity/node/api';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { previewOf, useBegin } from '../../api/preparation.ts';
import { MomentField } from '../../things/MomentField.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useSettled } from '../../things/useSettled.ts';
import { useWords } from '../../words/useWords.ts';
import { ASKED_BY, CHANGES, type MinimiseDraft, minimisePlan, startDraft } from './minimiseDraft.ts';
import { PlanPreview } from './PlanPreview.tsx';

/** The file is counted anew when somebody has stopped typing for so long, in milliseconds. */
const TYPING = 400;

/** Only what is needed: columns one by one, rows by identifiers and a period, with a preview that follows what is said. */
export function MinimiseForm({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const [draft, setDraft] = useState<MinimiseDraft>(() => startDraft(work.dataset, zone));
  const beginning = useBegin(work.dataset.id);
  const today = new Date(nodeNow()).toISOString().slice(0, 10);
  const plan = minimisePlan(draft, today);
  const looked = useSettled(draft, TYPING);
  const lookedAt = minimisePlan(looked, today);
  const preview = useQuery({
    ...previewOf(work.dataset.id, { kind: 'minimise', plan: lookedAt ?? {} }),
    enabled: lookedAt !== undefined,
  });
  const change = (changed: Partial<MinimiseDraft>): void => setDraft({ ...draft, ...changed });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (plan !== undefined) beginning.mutate({ kind: 'minimise', plan });
  };
  const names = work.dataset.columns.map(({ name }) => name);
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <p>{t('minimise.lead')}</p>
      <Problem error={beginning.error ?? (plan === undefined ? null : preview.error)} kept />
      <TextInput
        label={t('minimise.purpose')}
        value={draft.purpose}
        maxLength={100}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
      />
      <ColumnChanges draft={draft} onChange={change} />
      <RowPart draft={draft} onChange={change} names={names} />
      {plan !== undefined && preview.data?.kind === 'minimise' && (
        <PlanPreview preview={preview.data} stale={preview.isPlaceholderData || looked !== draft} />
      )}
      <Button type="submit" disabled={plan === undefined} loading={beginning.isPending}>
        {t('minimise.submit')}
      </Button>
    </form>
  );
}

interface Part {
  readonly draft: MinimiseDraft;
  readonly onChange: (changed: Partial<MinimiseDraft>) => void;
}

function ColumnChanges({ draft, onChange }: Part) {
  const { t } = useWords();
  return (
    <table className="narrow">
      <caption>{t('minimise.columns')}</caption>
      <tbody>
        {Object.entries(draft.columns).map(([name, change]) => (
          <tr key={name}>
            <th scope="row">
              <bdi className="mono">{name}</bdi>
            </th>
            <td>
              <NativeSelect
                aria-label={t('minimise.change.of', { column: name })}
                value={change}
                data={CHANGES.map((one) => ({ value: one, label: t(`minimise.change.${one}`) }))}
                onChange={(event) => {
                  const chosen = CHANGES.find((known) => known === event.currentTarget.value) ?? 'drop';
                  onChange({ columns: { ...draft.columns, [name]: chosen } });
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RowPart({ draft, onChange, names }: Part & { readonly names: readonly string[] }) {
  const { t, term } = useWords();
  const choices = (none: string) => [{ value: '', label: none }, ...names.map((name) => ({ value: name, label: name }))];
  return (
    <fieldset className="stack reading">
      <legend>{t('minimise.rows')}</legend>
      <NativeSelect
        label={t('minimise.by')}
        value={draft.column}
        data={choices(t('minimise.by.none'))}
        onChange={(event) => onChange({ column: event.currentTarget.value })}
      />
      {draft.column !== '' && (
        <>
          <NativeSelect
            label={t('minimise.type')}
            value={draft.type}
            data={ASKED_BY.map((type) => ({ value: type, label: term(`identifier.${type}`) }))}
            onChange={(event) => onChange({ type: ASKED_BY.find((type) => type === event.currentTarget.value) ?? 'user_id' })}
          />
          <Textarea
            label={t('minimise.values')}
            value={draft.values}
            autosize
            minRows={3}
            maxRows={12}
            spellCheck={false}
            className="code"
            onChange={(event) => onChange({ values: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('minimise.time')}
            value={draft.time}
            data={choices(t('minimise.time.none'))}
            onChange={(event) => onChange({ time: event.currentTarget.value })}
          />
          {draft.time !== '' && (
            <div className="row">
              <MomentField
                label={t('minimise.from')}
                value={draft.from}
                zone={draft.zone}
                onChange={(from) => onChange({ from })}
              />
              <MomentField
                label={t('minimise.until')}
                value={draft.until}
                zone={draft.zone}
                onChange={(until) => onChange({ until })}
              />
            </div>
          )}
        </>
      )}
    </fieldset>
  );
}

import type { DatasetWork } from '@comity/node/api';
import { Button, NativeSelect, NumberInput, Radio, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useBegin } from '../../api/preparation.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { DomainForm } from './DomainForm.tsx';
import { useNumber } from './figures.ts';
import { NeverForm } from './NeverForm.tsx';
import { namesSaid, SAID, type SynthesisDraft, startDraft, synthesisPlan } from './synthesisDraft.ts';

/** Asks for a synthetic twin: how much it may tell of one person, whose a row is, what columns may hold. */
export function SynthesisForm({ work }: { readonly work: DatasetWork }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<SynthesisDraft>(() =>
    startDraft(
      work.ledger.delta,
      work.dataset.columns.map(({ name }) => name),
    ),
  );
  const beginning = useBegin(work.dataset.id);
  const change = (changed: Partial<SynthesisDraft>): void => setDraft({ ...draft, ...changed });
  const plan = synthesisPlan(draft);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (plan !== undefined) await beginning.mutateAsync({ kind: 'synthesise', plan });
  };
  return (
    <form className="stack reading" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <Problem error={beginning.error} kept />
      <Budget draft={draft} onChange={change} />
      <Unit draft={draft} onChange={change} columns={work.dataset.columns.map(({ name }) => name)} />
      <DomainPart draft={draft} onChange={change} />
      <Cost work={work} epsilon={draft.epsilon} />
      <Button type="submit" disabled={plan === undefined || work.ledger.left === null} loading={beginning.isPending}>
        {t('synth.submit')}
      </Button>
    </form>
  );
}

interface Part {
  readonly draft: SynthesisDraft;
  readonly onChange: (changed: Partial<SynthesisDraft>) => void;
}

const numberOf = (value: string | number): number | '' => (typeof value === 'number' ? value : value === '' ? '' : Number(value));

function Budget({ draft, onChange }: Part) {
  const { t } = useWords();
  return (
    <>
      <NumberInput
        label={t('synth.epsilon')}
        description={t('synth.epsilon.help')}
        value={draft.epsilon}
        min={0.01}
        max={100}
        step={0.5}
        decimalScale={3}
        onChange={(value) => onChange({ epsilon: numberOf(value) })}
      />
      <NativeSelect
        label={t('synth.method')}
        value={draft.method}
        data={[
          { value: 'aim', label: t('synth.method.aim') },
          { value: 'mst', label: t('synth.method.mst') },
        ]}
        onChange={(event) => onChange({ method: event.currentTarget.value === 'mst' ? 'mst' : 'aim' })}
      />
      <NumberInput
        label={t('synth.rows')}
        description={t('synth.rows.help')}
        value={draft.rows}
        min={1}
        allowDecimal={false}
        onChange={(value) => onChange({ rows: numberOf(value) })}
      />
    </>
  );
}

function Unit({ draft, onChange, columns }: Part & { readonly columns: readonly string[] }) {
  const { t } = useWords();
  return (
    <>
      <NativeSelect
        label={t('synth.subject')}
        description={t('synth.subject.help')}
        value={draft.subject}
        data={[{ value: '', label: t('synth.subject.none') }, ...columns.map((name) => ({ value: name, label: name }))]}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      {draft.subject !== '' && (
        <NumberInput
          label={t('synth.cap')}
          description={t('synth.cap.help')}
          value={draft.cap}
          min={1}
          max={1000}
          allowDecimal={false}
          onChange={(value) => onChange({ cap: numberOf(value) })}
        />
      )}
    </>
  );
}

/** What columns may hold: bought, or said in a form or as JSON; then also what can never stand together. */
function DomainPart({ draft, onChange }: Part) {
  const { t } = useWords();
  return (
    <>
      <Radio.Group
        label={t('synth.domain')}
        description={t('synth.domain.help')}
        value={draft.said}
        onChange={(value) => onChange({ said: SAID.find((one) => one === value) ?? 'bought' })}
      >
        <div className="stack choices">
          <Radio value="bought" label={t('synth.domain.bought')} />
          <Radio value="form" label={t('synth.domain.declared')} />
          <Radio value="json" label={t('synth.domain.as-json')} />
        </div>
      </Radio.Group>
      {draft.said === 'json' && <DomainJson draft={draft} onChange={onChange} />}
      {draft.said === 'form' && <DomainForm domain={draft.columns} onChange={(columns) => onChange({ columns })} />}
      {draft.said !== 'bought' && (
        <NeverForm never={draft.never} names={namesSaid(draft)} onChange={(never) => onChange({ never })} />
      )}
    </>
  );
}

function DomainJson({ draft, onChange }: Part) {
  const { t } = useWords();
  return (
    <Textarea
      label={t('synth.domain.json')}
      value={draft.domain}
      autosize
      minRows={6}
      maxRows={20}
      spellCheck={false}
      className="code"
      placeholder={
        '{\n  "age": {"edges": [0, 18, 40, 65, 90]},\n  "ward": {"values": ["surgery", "cardiology"], "other": true}\n}'
      }
      error={draft.domain.trim() !== '' && namesSaid(draft).length === 0 ? t('synth.domain.bad') : undefined}
      onChange={(event) => onChange({ domain: event.currentTarget.value })}
    />
  );
}

function Cost({ work: { ledger }, epsilon }: { readonly work: DatasetWork; readonly epsilon: number | '' }) {
  const { t } = useWords();
  const number = useNumber(2);
  if (ledger.left === null) return <p className="consequence">{t('synth.no-budget', { population: ledger.population })}</p>;
  if (epsilon === '') return null;
  return (
    <p className="consequence">
      {t('synth.cost', { epsilon: number(epsilon), left: number(Math.floor(ledger.left * 100) / 100) })}
    </p>
  );
}

import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import { AIMS, DANGERS, type Faults, needsListing, type OrderDraft } from './order.ts';

interface Props {
  readonly draft: OrderDraft;
  readonly faults: Faults;
  readonly onChange: (part: Partial<OrderDraft>) => void;
}

/** Why: the offence, and why these data are necessary for it. The necessity is never written for anybody. */
export function OrderWhyFields({ draft, faults, onChange }: Props) {
  const { t, term } = useWords();
  const fault = (path: string): string | undefined => (faults[path] === undefined ? undefined : term(`error.${faults[path]}`));
  return (
    <fieldset className="section fields-stack">
      <legend>{t('order.why')}</legend>
      <NativeSelect
        id="data.purpose"
        label={term('member.purpose')}
        value={draft.purpose}
        onChange={(event) => onChange({ purpose: event.currentTarget.value })}
        data={[{ value: '', label: t('choose') }, ...AIMS.map((aim) => ({ value: aim, label: term(`aim.${aim}`) }))]}
        error={fault('data.purpose')}
        required
      />
      <TextInput
        id="sections.offence.statute"
        label={term('member.statute')}
        description={t('order.statute.help')}
        value={draft.statute}
        onChange={(event) => onChange({ statute: event.currentTarget.value })}
        error={fault('sections.offence.statute')}
        required
      />
      <Textarea
        id="sections.necessity.summary"
        label={t('order.offence')}
        description={t('order.offence.help')}
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        error={fault('sections.necessity.summary')}
        rows={3}
        dir="auto"
        required
      />
      <TextInput
        id="data.maxPenaltyYears"
        label={term('member.maxPenaltyYears')}
        description={t('order.penalty.help')}
        inputMode="numeric"
        value={draft.maxPenaltyYears}
        onChange={(event) => onChange({ maxPenaltyYears: event.currentTarget.value })}
        error={fault('data.maxPenaltyYears')}
        maw={320}
        required
      />
      {needsListing(draft) && (
        <YesNo
          name="listedOffence"
          label={term('member.listedOffence')}
          value={draft.listedOffence}
          optional
          onChange={onChange}
        />
      )}
      <YesNo name="emergency" label={term('member.emergency')} value={draft.emergency} optional onChange={onChange} />
      {draft.emergency === 'yes' && <Emergency draft={draft} faults={faults} onChange={onChange} />}
      <div className="notice">
        <Textarea
          id="sections.necessity"
          label={term('section.necessity')}
          description={t('order.necessity.help')}
          value={draft.necessity}
          onChange={(event) => onChange({ necessity: event.currentTarget.value })}
          error={fault('sections.necessity')}
          rows={5}
          dir="auto"
          required
        />
      </div>
      <YesNo
        name="offenceInIssuingState"
        label={term('member.offenceInIssuingState')}
        value={draft.offenceInIssuingState}
        error={fault('data.offenceInIssuingState')}
        onChange={onChange}
      />
      <YesNo
        name="personInIssuingState"
        label={term('member.personInIssuingState')}
        value={draft.personInIssuingState}
        error={fault('data.personInIssuingState')}
        onChange={onChange}
      />
    </fieldset>
  );
}

/** What is in danger, and why it cannot wait: the order says so, art. 5(5)(g). The word “urgent” alone is no emergency. */
function Emergency({ draft, faults, onChange }: Props) {
  const { t, term } = useWords();
  const fault = (path: string): string | undefined => (faults[path] === undefined ? undefined : term(`error.${faults[path]}`));
  return (
    <>
      <NativeSelect
        id="data.danger"
        label={term('member.danger')}
        value={draft.danger}
        onChange={(event) => onChange({ danger: event.currentTarget.value })}
        data={[
          { value: '', label: t('choose') },
          ...DANGERS.map((danger) => ({ value: danger, label: term(`member.danger.${danger}`) })),
        ]}
        error={fault('data.danger')}
        required
      />
      <Textarea
        id="sections.emergency"
        label={term('section.emergency')}
        value={draft.emergencyReasons}
        onChange={(event) => onChange({ emergencyReasons: event.currentTarget.value })}
        error={fault('sections.emergency')}
        rows={3}
        dir="auto"
        required
      />
    </>
  );
}

interface YesNoProps {
  readonly name: 'offenceInIssuingState' | 'personInIssuingState' | 'listedOffence' | 'emergency';
  readonly label: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly onChange: Props['onChange'];
}

function YesNo({ name, label, value, error, optional, onChange }: YesNoProps) {
  const { t } = useWords();
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(answer) => onChange({ [name]: answer === 'yes' ? 'yes' : 'no' })}
      error={error}
      name={name}
      required={optional !== true}
    >
      <div className="row">
        <Radio id={`data.${name}`} value="yes" label={t('yes')} />
        <Radio value="no" label={t('no')} />
      </div>
    </Radio.Group>
  );
}

import { Radio, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../../words/useWords.ts';
import type { PartProps } from './EmergencyForm.tsx';

/** What an order says besides, in an emergency too: the provision, its penalty, why it is necessary, and where person and offence are. */
export function OrderPart({ draft, change, fault }: PartProps) {
  const { t, term } = useWords();
  return (
    <>
      <TextInput
        id="emergency.statute"
        label={term('member.statute')}
        value={draft.statute}
        onChange={(event) => change({ statute: event.currentTarget.value })}
        error={fault('statute')}
        required
      />
      <TextInput
        id="emergency.years"
        label={term('member.maxPenaltyYears')}
        inputMode="numeric"
        value={draft.years}
        onChange={(event) => change({ years: event.currentTarget.value })}
        error={fault('years')}
        maw={320}
        required
      />
      <Textarea
        id="emergency.necessity"
        label={term('section.necessity')}
        description={t('order.necessity.help')}
        value={draft.necessity}
        onChange={(event) => change({ necessity: event.currentTarget.value })}
        error={fault('necessity')}
        rows={3}
        dir="auto"
        required
      />
      {(['offenceHere', 'personHere'] as const).map((name) => (
        <Radio.Group
          key={name}
          label={term(name === 'offenceHere' ? 'member.offenceInIssuingState' : 'member.personInIssuingState')}
          value={draft[name]}
          onChange={(answer) => change({ [name]: answer })}
          error={fault(name)}
          name={name}
          required
        >
          <div className="row">
            <Radio id={`emergency.${name}`} value="yes" label={t('yes')} />
            <Radio value="no" label={t('no')} />
          </div>
        </Radio.Group>
      ))}
    </>
  );
}

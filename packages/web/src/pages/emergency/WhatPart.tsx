import { NativeSelect, TextInput } from '@mantine/core';
import { MomentField } from '../../things/MomentField.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import type { PartProps } from './EmergencyForm.tsx';
import { categoriesFor, TYPES } from './emergencyDraft.ts';

/** The least that averts the danger: one identifier, one kind of data, and a period where the data have one. */
export function WhatPart({ draft, opening, change, fault }: PartProps) {
  const { t, term } = useWords();
  const { zone } = useOwn();
  const options = (names: readonly string[], family: string) => [
    { value: '', label: t('choose') },
    ...names.map((name) => ({ value: name, label: term(`${family}.${name}`) })),
  ];
  return (
    <>
      <NativeSelect
        id="emergency.type"
        label={t('item.type')}
        value={draft.type}
        onChange={(event) => change({ type: event.currentTarget.value })}
        data={options(TYPES, 'identifier')}
        error={fault('type')}
        required
      />
      <TextInput
        id="emergency.value"
        label={t('item.value')}
        value={draft.value}
        onChange={(event) => change({ value: event.currentTarget.value })}
        error={fault('value')}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        className="mono"
        required
      />
      <NativeSelect
        id="emergency.category"
        label={t('item.category')}
        description={t('emergency.least')}
        value={draft.category}
        onChange={(event) => change({ category: event.currentTarget.value })}
        data={options(categoriesFor(opening), 'category')}
        error={fault('category')}
        required
      />
      {draft.category !== '' && draft.category !== 'subscriber' && (
        <>
          <MomentField
            id="emergency.from"
            label={t('item.from')}
            value={draft.from}
            zone={zone}
            onChange={(from) => change({ from })}
            error={fault('from')}
          />
          <MomentField
            id="emergency.until"
            label={t('item.until')}
            value={draft.until}
            zone={zone}
            onChange={(until) => change({ until })}
            error={fault('until')}
          />
        </>
      )}
    </>
  );
}

import type { Facts } from '@comity/core';
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { parties } from '../../api/queries.ts';
import type { Draft } from '../../drafts/useDraft.ts';
import { useWords } from '../../words/useWords.ts';
import { type AskDraft, BLANK } from './askDraft.ts';
import { EXAMPLE_NAMES, EXAMPLES } from './examples.ts';

interface Props {
  readonly draft: Draft<AskDraft>;
  readonly today: string;
}

/** Where the facts come from: cards that this organisation holds, an example, or nothing yet; and the day whose law is asked. */
export function StartFrom({ draft, today }: Props) {
  const { t } = useWords();
  const begun = Object.keys(draft.value.facts).length > 0;
  // Open to begin with, and then as the reader leaves it: a choice must not shut the others away.
  const [opened, setOpened] = useState(!begun);
  const start = (facts: Facts): void => {
    draft.set({ ...BLANK, on: draft.value.on, facts });
    setOpened(Object.keys(facts).length === 0);
  };
  return (
    <details className="start" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t(begun ? 'ask.start.again' : 'ask.start')}</summary>
      <Cards draft={draft} />
      <div className="row start-row">
        <span>{t('ask.start.example')}</span>
        {EXAMPLE_NAMES.map((name) => (
          <button key={name} type="button" className="plain linked" onClick={() => start(EXAMPLES[name])}>
            {t(`ask.example.${name}`)}
          </button>
        ))}
      </div>
      {begun && (
        <button type="button" className="plain linked" onClick={() => start({})}>
          {t('ask.start.blank')}
        </button>
      )}
      <TextInput
        className="day"
        type="date"
        label={t('ask.day')}
        description={t('ask.day.help')}
        value={draft.value.on === '' ? today : draft.value.on}
        onChange={(event) => draft.set({ ...draft.value, on: event.currentTarget.value })}
        dir="ltr"
      />
    </details>
  );
}

/** Facts on file: of a dataset, and of somebody it might go to. Choosing one states them all; each can be changed. */
function Cards({ draft }: Pick<Props, 'draft'>) {
  const { t } = useWords();
  const { data } = useQuery(parties);
  const datasets = (data?.datasets ?? []).filter(({ facts }) => facts !== null);
  const vendors = (data?.parties ?? []).filter(({ facts }) => facts !== null);
  if (datasets.length + vendors.length === 0) return null;
  const { value } = draft;
  const choose = (picked: Partial<Pick<AskDraft, 'dataset' | 'party'>>): void => {
    const { dataset, party } = { ...value, ...picked };
    const card = {
      ...datasets.find((one) => one.dataset === dataset)?.facts,
      ...vendors.find((one) => one.id === party)?.facts,
    };
    draft.set({ ...value, dataset, party, unsure: [], facts: { ...value.facts, ...card } });
  };
  return (
    <div className="cards">
      {datasets.length > 0 && (
        <NativeSelect
          label={t('ask.dataset')}
          value={value.dataset}
          onChange={(event) => choose({ dataset: event.currentTarget.value })}
          data={[{ value: '', label: t('ask.none') }, ...datasets.map(({ dataset }) => dataset)]}
        />
      )}
      <NativeSelect
        label={t('ask.party')}
        value={value.party}
        onChange={(event) => choose({ party: event.currentTarget.value })}
        data={[{ value: '', label: t('ask.none') }, ...vendors.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </div>
  );
}

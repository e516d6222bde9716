import type { DatasetCard, PartyView } from '@comity/node/api';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { parties, useOpening } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { AIMS, EMPTY, type EngagementDraft, faultsOfEngagement, readEngagement } from './engagement.ts';
import { FaultList } from './FaultList.tsx';
import type { Faults } from './order.ts';
import './request.css';

/** Asking for an engagement: which data, what for, how long. Where they may go is assessed next. */
export function EngagementForm() {
  const own = useOwn();
  const known = useQuery(parties).data;
  if (own.party === undefined || own.person === undefined || known === undefined) return <Loading />;
  return <Ready party={own.party} person={own.person.id} datasets={known.datasets} />;
}

function Ready({
  party,
  person,
  datasets,
}: {
  readonly party: PartyView;
  readonly person: string;
  readonly datasets: readonly DatasetCard[];
}) {
  const { t } = useWords();
  const draft = useDraft(`outsourcing.${party.id}.${person}`, EMPTY, readEngagement);
  const [tried, setTried] = useState(false);
  const opening = useOpening();
  const navigate = useNavigate();
  if (!draft.ready) return <Loading />;
  const faults = tried ? faultsOfEngagement(draft.value) : {};
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOfEngagement(draft.value)).length > 0) return;
    const made = await opening.mutateAsync({
      procedure: 'outsourcing.engagement',
      type: 'ask',
      ...askAct(draft.value, party.id),
    });
    draft.drop();
    await navigate({ to: '/cases/$id', params: { id: made.case } });
  };
  return (
    <form className="request" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <h1>{t('engagement.title')}</h1>
      <p>{t('engagement.lead')}</p>
      <DraftNote draft={draft} />
      <FaultList faults={faults} />
      <Problem error={opening.error} kept inputOf={(field) => field} />
      <Fields
        draft={draft.value}
        faults={faults}
        datasets={datasets}
        onChange={(part) => draft.set({ ...draft.value, ...part })}
      />
      <div className="section">
        <p>{t('engagement.next')}</p>
        <Button type="submit" loading={opening.isPending}>
          {t('engagement.submit')}
        </Button>
      </div>
    </form>
  );
}

function askAct(draft: EngagementDraft, client: string) {
  const named = draft.datasets.map((dataset, index) => ({ id: `d${index + 1}`, dataset }));
  return {
    data: {
      seats: { client },
      items: named.map(({ id }) => ({ id, identifierType: 'dataset', category: 'records' })),
      purpose: draft.purpose,
      retentionUntil: `${draft.retentionUntil}T00:00:00.000Z`,
    },
    sections: {
      datasets: Object.fromEntries(named.map(({ id, dataset }) => [id, { type: 'dataset', value: dataset }])),
      need: { text: draft.need.trim() },
    },
  };
}

interface FieldsProps {
  readonly draft: EngagementDraft;
  readonly faults: Faults;
  readonly datasets: readonly DatasetCard[];
  readonly onChange: (part: Partial<EngagementDraft>) => void;
}

function Fields({ draft, faults, datasets, onChange }: FieldsProps) {
  const { t, term } = useWords();
  const fault = (path: string): string | undefined => (faults[path] === undefined ? undefined : term(`error.${faults[path]}`));
  return (
    <div className="section fields-stack">
      <Checkbox.Group
        label={term('section.datasets')}
        description={t('engagement.datasets.help')}
        value={[...draft.datasets]}
        onChange={(chosen) => onChange({ datasets: chosen })}
        error={fault('sections.datasets')}
        required
      >
        {datasets.map(({ dataset }, index) => (
          <Checkbox
            key={dataset}
            {...(index === 0 ? { id: 'sections.datasets' } : {})}
            value={dataset}
            label={<bdi className="mono">{dataset}</bdi>}
            mt="xs"
          />
        ))}
      </Checkbox.Group>
      <NativeSelect
        id="data.purpose"
        label={term('member.purpose')}
        value={draft.purpose}
        onChange={(event) => onChange({ purpose: event.currentTarget.value })}
        data={[{ value: '', label: t('choose') }, ...AIMS.map((aim) => ({ value: aim, label: term(`aim.${aim}`) }))]}
        error={fault('data.purpose')}
        required
      />
      <Textarea
        id="sections.need"
        label={term('section.need')}
        description={t('engagement.need.help')}
        value={draft.need}
        onChange={(event) => onChange({ need: event.currentTarget.value })}
        error={fault('sections.need')}
        rows={4}
        dir="auto"
        required
      />
      <TextInput
        id="data.retentionUntil"
        type="date"
        label={term('member.retentionUntil')}
        description={t('engagement.retention.help')}
        value={draft.retentionUntil}
        onChange={(event) => onChange({ retentionUntil: event.currentTarget.value })}
        error={fault('data.retentionUntil')}
        maw={320}
        dir="ltr"
        required
      />
    </div>
  );
}

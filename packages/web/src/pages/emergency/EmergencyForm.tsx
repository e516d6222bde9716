import type { DeskView } from '@comity/node/api';
import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { parties, useOpening } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { MoveFaultList } from '../case/MoveFaultList.tsx';
import {
  actOfEmergency,
  EMPTY,
  type EmergencyDraft,
  faultsOfEmergency,
  isOrder,
  readEmergency,
  statementLacks,
} from './emergencyDraft.ts';
import { OrderPart } from './OrderPart.tsx';
import { WhatPart } from './WhatPart.tsx';

type Opening = DeskView['opens'][number];

/** What the parts of the form are given. */
export interface PartProps {
  readonly draft: EmergencyDraft;
  readonly opening: Opening;
  readonly change: (part: Partial<EmergencyDraft>) => void;
  readonly fault: (name: keyof EmergencyDraft) => string | undefined;
}

/** Asking in an emergency: the danger first, then the least that averts it. Nobody can tick an emergency; it is stated. */
export function EmergencyForm({ opens }: { readonly opens: readonly Opening[] }) {
  const { t, term } = useWords();
  const { party, person, zone } = useOwn();
  const draft = useDraft(`emergency.${person?.id}`, EMPTY, readEmergency);
  const [tried, setTried] = useState(false);
  const opening = useOpening();
  const navigate = useNavigate();
  if (!draft.ready || party === undefined) return null;
  const { value } = draft;
  const chosen = opens.find(({ procedure }) => procedure === value.procedure);
  const faults = tried ? faultsOfEmergency(value, chosen) : {};
  const change = (part: Partial<EmergencyDraft>): void => draft.set({ ...value, ...part });
  const fault = (name: keyof EmergencyDraft): string | undefined =>
    faults[name] === undefined ? undefined : term(`error.${faults[name]}`);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (chosen === undefined || Object.keys(faultsOfEmergency(value, chosen)).length > 0) return;
    const made = await opening.mutateAsync(actOfEmergency(value, { opening: chosen, own: party.id, zone }));
    draft.drop();
    await navigate({ to: '/emergency/$id', params: { id: made.case } });
  };
  const byField = Object.fromEntries(Object.entries(faults).map(([name, code]) => [`emergency.${name}`, code]));
  return (
    <form noValidate className="reading stack" onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <MoveFaultList faults={byField} />
      <Problem error={opening.error} kept />
      <Radio.Group
        label={t('emergency.route')}
        value={value.procedure}
        onChange={(procedure) => change({ procedure, danger: '' })}
        error={fault('procedure')}
        required
      >
        {opens.map(({ procedure }, index) => (
          <Radio
            key={procedure}
            {...(index === 0 ? { id: 'emergency.procedure' } : {})}
            value={procedure}
            label={term(`procedure.${procedure}`)}
            mt="xs"
          />
        ))}
      </Radio.Group>
      {chosen !== undefined && (
        <>
          <Danger draft={value} opening={chosen} change={change} fault={fault} />
          <WhatPart draft={value} opening={chosen} change={change} fault={fault} />
          {isOrder(chosen) && <OrderPart draft={value} opening={chosen} change={change} fault={fault} />}
          <Who draft={value} opening={chosen} change={change} fault={fault} />
          <p className="consequence">{t('emergency.two')}</p>
          <Button type="submit" loading={opening.isPending}>
            {t('emergency.submit')}
          </Button>
        </>
      )}
      <DraftNote draft={draft} />
    </form>
  );
}

/** Which limb of the definition, and the statement that shows it. */
function Danger({ draft, opening, change, fault }: PartProps) {
  const { t, term } = useWords();
  const lacks = statementLacks(draft.statement);
  return (
    <>
      <Radio.Group
        label={term('member.danger')}
        value={draft.danger}
        onChange={(danger) => change({ danger })}
        error={fault('danger')}
        required
      >
        {opening.dangers.map((danger, index) => (
          <Radio
            key={danger}
            {...(index === 0 ? { id: 'emergency.danger' } : {})}
            value={danger}
            label={term(`member.danger.${danger}`)}
            mt="xs"
          />
        ))}
      </Radio.Group>
      <Textarea
        id="emergency.statement"
        label={t('emergency.statement')}
        description={t('emergency.statement.help')}
        value={draft.statement}
        onChange={(event) => change({ statement: event.currentTarget.value })}
        error={fault('statement')}
        rows={4}
        dir="auto"
        required
      />
      <div role="status">{lacks !== undefined && <p className="consequence">{t(`emergency.statement.${lacks}`)}</p>}</div>
    </>
  );
}

/** Who is asked, and who decides afterwards; the provider's own number for such calls stands in the directory. */
function Who({ draft, opening, change, fault }: PartProps) {
  const { t, term } = useWords();
  const known = useQuery(parties).data?.parties ?? [];
  const seats = [
    { field: 'provider', seat: 'provider' },
    { field: 'judge', seat: isOrder(opening) ? 'validating' : 'confirming' },
  ] as const;
  const provider = known.find(({ id }) => id === draft.provider);
  return (
    <>
      {seats.map(({ field, seat }) => (
        <NativeSelect
          key={field}
          id={`emergency.${field}`}
          label={term(`seat.${seat}`)}
          value={draft[field]}
          onChange={(event) => change({ [field]: event.currentTarget.value })}
          data={[
            { value: '', label: t('choose') },
            ...known
              .filter(({ powers }) => powers.some((power) => power.procedure === opening.procedure && power.seat === seat))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          error={fault(field)}
          required
        />
      ))}
      {provider?.card?.callBack !== undefined && (
        <p className="small">
          {t('emergency.number', { party: provider.name })} <bdi className="mono">{provider.card.callBack}</bdi>
        </p>
      )}
      <TextInput
        id="emergency.retention"
        type="date"
        label={term('member.retentionUntil')}
        value={draft.retention}
        onChange={(event) => change({ retention: event.currentTarget.value })}
        error={fault('retention')}
        dir="ltr"
        required
      />
    </>
  );
}

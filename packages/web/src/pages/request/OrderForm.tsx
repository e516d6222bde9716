import type { PartyView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { parties, useOpening } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { FaultList } from './FaultList.tsx';
import { OrderItemFields } from './OrderItemFields.tsx';
import { OrderWhoFields } from './OrderWhoFields.tsx';
import { OrderWhyFields } from './OrderWhyFields.tsx';
import { draftAct, emptyItem, emptyOrder, type Faults, faultsOf, type OrderDraft, readOrder } from './order.ts';
import { partiesFor } from './partiesFor.ts';
import './request.css';

/** A European Production Order, drafted on one page: what, why, who. */
export function OrderForm() {
  const own = useOwn();
  const known = useQuery(parties).data?.parties;
  if (own.party === undefined || own.person === undefined || known === undefined) return <Loading />;
  return <Ready party={own.party} person={own.person.id} known={known} />;
}

interface ReadyProps {
  readonly party: PartyView;
  readonly person: string;
  readonly known: readonly PartyView[];
}

function Ready({ party, person, known }: ReadyProps) {
  const { t, term } = useWords();
  const draft = useDraft(`eu.epoc.${party.id}.${person}`, withOnlyChoices(emptyOrder(party.zone), known), readOrder);
  const [tried, setTried] = useState(false);
  const opening = useOpening();
  const navigate = useNavigate();
  if (!draft.ready) return <Loading />;
  const { value } = draft;
  const faults: Faults = tried ? faultsOf(value, nodeNow()) : {};
  const change = (part: Partial<OrderDraft>): void => draft.set({ ...value, ...part });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(value, nodeNow())).length > 0) return;
    const made = await opening.mutateAsync({ procedure: 'eu.epoc', type: 'draft', ...draftAct(value, party.id) });
    draft.drop();
    await navigate({ to: '/cases/$id', params: { id: made.case } });
  };
  return (
    <form className="request" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <h1>{term('procedure.eu.epoc')}</h1>
      <p>{t('order.lead')}</p>
      <DraftNote draft={draft} />
      <FaultList faults={faults} />
      <Problem error={opening.error} kept inputOf={(field) => field} />
      <fieldset className="section">
        <legend>{t('order.what')}</legend>
        {value.items.map((item, index) => (
          <OrderItemFields
            key={item.id}
            item={item}
            path={`data.items.${index}`}
            number={index + 1}
            faults={faults}
            onChange={(next) => change({ items: value.items.map((one) => (one.id === item.id ? next : one)) })}
            {...(value.items.length > 1
              ? { onRemove: () => change({ items: value.items.filter((one) => one.id !== item.id) }) }
              : {})}
            onRepeat={() => change({ items: [...value.items, emptyItem(freshId(value), party.zone, item)] })}
          />
        ))}
        <Button variant="default" onClick={() => change({ items: [...value.items, emptyItem(freshId(value), party.zone)] })}>
          {t('order.add')}
        </Button>
      </fieldset>
      <OrderWhyFields draft={value} faults={faults} onChange={change} />
      <OrderWhoFields draft={value} faults={faults} known={known} onChange={change} />
      <div className="section">
        <p>{t('order.next')}</p>
        <Button type="submit" loading={opening.isPending}>
          {t('order.submit', { n: value.items.length })}
        </Button>
      </div>
    </form>
  );
}

function freshId(draft: OrderDraft): string {
  const used = draft.items.map((item) => Number(item.id.slice(1)));
  return `i${Math.max(0, ...used) + 1}`;
}

/** Where the directory knows only one office for a seat there is nothing to choose. */
function withOnlyChoices(draft: OrderDraft, known: readonly PartyView[]): OrderDraft {
  const only = (seat: string): string => {
    const able = partiesFor(known, seat);
    return able.length === 1 ? (able[0]?.id ?? '') : '';
  };
  return { ...draft, validating: only('validating'), enforcing: only('enforcing'), provider: only('provider') };
}

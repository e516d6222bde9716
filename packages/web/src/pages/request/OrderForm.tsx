import type { Smaller } from '@comity/assess';
import type { GateView, PartyView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { parties, useOpening } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { type Draft, useDraft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { FaultList } from './FaultList.tsx';
import { fieldOf, gateAskOf, withSmaller } from './gateAsk.ts';
import { OrderItems } from './OrderItems.tsx';
import { OrderWhoFields } from './OrderWhoFields.tsx';
import { OrderWhyFields } from './OrderWhyFields.tsx';
import { draftAct, emptyOrder, type Faults, faultsOf, type OrderDraft, readOrder } from './order.ts';
import { PreserveFirst } from './PreserveFirst.tsx';
import { partiesFor } from './partiesFor.ts';
import { RefusalMargin, sorted } from './RefusalMargin.tsx';
import { RouteTable } from './RouteTable.tsx';
import { useForecast } from './useForecast.ts';
import './request.css';

/** A European Production Order, drafted on one page: what, why, who; beside it, live, whether it would be refused. */
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
  const draft = useDraft(`eu.epoc.${party.id}.${person}`, withOnlyChoices(emptyOrder(party.zone), known), readOrder);
  const [tried, setTried] = useState(false);
  const opening = useOpening();
  const navigate = useNavigate();
  const forecast = useForecast(draft.ready ? gateAskOf(draft.value) : undefined);
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
  const smaller = (one: Smaller): (() => void) | undefined => {
    if (one.kind === 'preserve-first') return () => document.querySelector<HTMLElement>('#preserve button, #preserve a')?.focus();
    const items = withSmaller(value.items, one);
    return items === undefined ? undefined : () => change({ items });
  };
  return (
    <>
      <div className="request-page">
        <form className="request" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <OrderHead draft={draft} faults={faults} error={opening.error} view={forecast.view} />
          <OrderItems items={value.items} party={party} faults={faults} onChange={(items) => change({ items })} />
          <OrderWhyFields draft={value} faults={faults} onChange={change} />
          <OrderWhoFields draft={value} faults={faults} known={known} onChange={change} />
          <OrderEnd items={value.items.length} sending={opening.isPending} />
        </form>
        <RefusalMargin {...forecast} fieldOf={(name) => fieldOf(name, value)} onSmaller={smaller} />
      </div>
      <PreserveFirst draft={value} issuing={party.id} onPreserved={(follows) => change({ follows })} />
      {forecast.view !== undefined && <RouteTable routes={forecast.view.routes} here="eu.epoc" />}
    </>
  );
}

interface HeadProps {
  readonly draft: Draft<OrderDraft>;
  readonly faults: Faults;
  readonly error: unknown;
  readonly view: GateView | undefined;
}

function OrderHead({ draft, faults, error, view }: HeadProps) {
  const { t, term } = useWords();
  const found = view === undefined ? undefined : sorted(view);
  return (
    <>
      <h1>{term('procedure.eu.epoc')}</h1>
      <p>{t('order.lead')}</p>
      <DraftNote draft={draft} />
      {found !== undefined && (
        <p className="small to-margin">
          <a href="#forecast">{t('refusal.jump', { n: found.stops.length + found.may.length })}</a>
        </p>
      )}
      <FaultList faults={faults} />
      <Problem error={error} kept inputOf={(field) => field} />
    </>
  );
}

function OrderEnd({ items, sending }: { readonly items: number; readonly sending: boolean }) {
  const { t } = useWords();
  return (
    <div className="section">
      <p>{t('order.next')}</p>
      <Button type="submit" loading={sending}>
        {t('order.submit', { n: items })}
      </Button>
    </div>
  );
}

/** Where the directory knows only one office for a seat there is nothing to choose. */
function withOnlyChoices(draft: OrderDraft, known: readonly PartyView[]): OrderDraft {
  const only = (seat: string): string => {
    const able = partiesFor(known, { procedure: 'eu.epoc', seat });
    return able.length === 1 ? (able[0]?.id ?? '') : '';
  };
  return { ...draft, validating: only('validating'), enforcing: only('enforcing'), provider: only('provider') };
}

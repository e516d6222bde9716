import type { OpeningView, PartyView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { openingOf } from '../../api/gate.ts';
import { nodeNow } from '../../api/now.ts';
import { parties, useOpening } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Basis } from '../../things/Basis.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { NotHere } from '../NotHere.tsx';
import { AnyFields } from './AnyFields.tsx';
import {
  type AnyDraft,
  anyFieldOf,
  anyGateAsk,
  emptyDraft,
  faultsOfAny,
  fromTeam,
  openingAct,
  optionalMembers,
  readAny,
  sectionsAsked,
} from './anyDraft.ts';
import { FaultList } from './FaultList.tsx';
import { itemFieldOf, withSmaller } from './gateAsk.ts';
import { RefusalMargin } from './RefusalMargin.tsx';
import { RouteTable } from './RouteTable.tsx';
import { useForecast } from './useForecast.ts';
import './request.css';

/** The form of any request, made of what its procedure asks for: one form to every route. */
export function AnyForm({ procedure }: { readonly procedure: string }) {
  const own = useOwn();
  const known = useQuery(parties).data?.parties;
  const opening = useQuery(openingOf(procedure));
  if (opening.isError) return <NotHere />;
  if (own.party === undefined || own.person === undefined || known === undefined || opening.data === undefined)
    return <Loading />;
  return <Ready key={procedure} opening={opening.data} party={own.party} person={own.person.id} known={known} />;
}

interface ReadyProps {
  readonly opening: OpeningView;
  readonly party: PartyView;
  readonly person: string;
  readonly known: readonly PartyView[];
}

function Ready({ opening, party, person, known }: ReadyProps) {
  const { t, term } = useWords();
  const { team } = useSearch({ strict: false });
  const start = fromTeam(emptyDraft(opening, party.zone, known), opening, team);
  // What is shared in one team is no draft of what is shared in another.
  const name = [opening.procedure, party.id, person, ...(team === undefined ? [] : [team])].join('.');
  const draft = useDraft(name, start, readAny);
  const [tried, setTried] = useState(false);
  const making = useOpening();
  const navigate = useNavigate();
  const forecast = useForecast(draft.ready ? anyGateAsk(opening, draft.value) : undefined);
  if (!draft.ready) return <Loading />;
  const { value } = draft;
  const faults = tried ? faultsOfAny(opening, value, nodeNow()) : {};
  const change = (part: Partial<AnyDraft>): void => draft.set({ ...value, ...part });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOfAny(opening, value, nodeNow())).length > 0) return;
    const act = openingAct(opening, value, { party: party.id, zone: party.zone });
    const made = await making.mutateAsync({ procedure: opening.procedure, ...act });
    draft.drop();
    await navigate({ to: '/cases/$id', params: { id: made.case } });
  };
  return (
    <>
      <div className={opening.gate === undefined ? '' : 'request-page'}>
        <form className="request" noValidate onSubmit={(event) => void submit(event).catch(() => undefined)}>
          <h1>{term(`procedure.${opening.procedure}`)}</h1>
          <p>
            <Basis cite={opening.cite} />
          </p>
          <DraftNote draft={draft} />
          <FaultList faults={faults} />
          <Problem error={making.error} kept inputOf={(field) => field} />
          <AnyFields opening={opening} draft={value} {...{ party, known, faults }} onChange={change} />
          <div className="section">
            <Button type="submit" loading={making.isPending}>
              {t('any.submit')}
            </Button>
          </div>
        </form>
        {opening.gate !== undefined && (
          <RefusalMargin
            {...forecast}
            fieldOf={(name) => itemFieldOf(name, value.items) ?? anyFieldOf(name, namesOf(opening))}
            onSmaller={(one) => {
              const items = withSmaller(value.items, one);
              return items === undefined ? undefined : () => change({ items });
            }}
          />
        )}
      </div>
      {forecast.view !== undefined && <RouteTable routes={forecast.view.routes} here={opening.procedure} />}
    </>
  );
}

function namesOf(opening: OpeningView): Parameters<typeof anyFieldOf>[1] {
  const members = Object.keys({ ...opening.carries, ...optionalMembers(opening) });
  return { members, texts: sectionsAsked(opening).map(({ name }) => name) };
}

import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { desk, parties, useOpening } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { MemberFields } from '../case/MemberFields.tsx';
import { MoveFaultList } from '../case/MoveFaultList.tsx';
import { fieldsOf } from '../case/moveDraft.ts';
import { NotHere } from '../NotHere.tsx';
import {
  EMPTY_CASE,
  faultsOfGeneric,
  freshItem,
  type GenericDraft,
  type Opening,
  openingOf,
  readGeneric,
  sectionsOf,
} from './genericDraft.ts';
import { ItemFields } from './ItemFields.tsx';

/** A new case of any procedure that this person may open: its form is made from what the procedure asks for. */
export function GenericForm({ procedure }: { readonly procedure: string }) {
  const { data } = useQuery(desk);
  if (data === undefined) return <Loading />;
  const opening = data.opens.find((one) => one.procedure === procedure);
  return opening === undefined ? <NotHere /> : <Ready opening={opening} />;
}

function Ready({ opening }: { readonly opening: Opening }) {
  const { t, term } = useWords();
  const { party, person, zone } = useOwn();
  const draft = useDraft(`new.${opening.procedure}.${person?.id}`, EMPTY_CASE, readGeneric);
  const [tried, setTried] = useState(false);
  const opens = useOpening();
  const navigate = useNavigate();
  const given = useGiven(opening);
  if (!draft.ready || party === undefined) return <Loading />;
  const value = { ...draft.value, members: { ...draft.value.members, ...given } };
  const change = (part: Partial<GenericDraft>): void => draft.set({ ...value, ...part });
  const faults = tried ? faultsOfGeneric(opening, value, party.id) : {};
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOfGeneric(opening, value, party.id)).length > 0) return;
    const made = await opens.mutateAsync(openingOf(opening, value, { own: party.id, zone }));
    draft.drop();
    await navigate({ to: '/cases/$id', params: { id: made.case } });
  };
  return (
    <form noValidate className="reading" onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <h1>{term(`procedure.${opening.procedure}`)}</h1>
      <MoveFaultList faults={faults} />
      <Problem error={opens.error} kept />
      <Seats opening={opening} draft={value} faults={faults} change={change} />
      {opening.identifierTypes.length > 0 && (
        <fieldset id="items" tabIndex={-1}>
          <legend>{t('order.what')}</legend>
          {value.items.map((item) => (
            <ItemFields
              key={item.id}
              opening={opening}
              item={item}
              faults={faults}
              onChange={(next) => change({ items: value.items.flatMap((one) => (one.id === item.id ? (next ?? []) : one)) })}
            />
          ))}
          <Button variant="default" onClick={() => change({ items: [...value.items, freshItem(value.items)] })}>
            {t('order.add')}
          </Button>
        </fieldset>
      )}
      <MemberFields
        move={{ carries: opening.carries }}
        members={value.members}
        faults={faults}
        zone={zone}
        onChange={(members) => change({ members })}
      />
      <Texts opening={opening} draft={value} faults={faults} change={change} />
      <div className="actions">
        <Button type="submit" loading={opens.isPending}>
          {term(`act.${opening.act}`)}
        </Button>
      </div>
      <DraftNote draft={draft} />
    </form>
  );
}

/** What a link knows is not keyed again: the agreement that something is shared under. */
function useGiven(opening: Opening): Readonly<Record<string, string>> {
  const team = useSearch({ strict: false, select: (search) => search.team });
  return team !== undefined && Object.hasOwn(opening.carries, 'team') ? { team } : {};
}

interface PartProps {
  readonly opening: Opening;
  readonly draft: GenericDraft;
  readonly faults: Readonly<Record<string, string>>;
  readonly change: (part: Partial<GenericDraft>) => void;
}

function Seats({ opening, draft, faults, change }: PartProps) {
  const { t, term } = useWords();
  const known = useQuery(parties).data?.parties ?? [];
  const seats = [...opening.seats, ...opening.maySeats].filter((seat) => seat !== opening.seat);
  return seats.map((seat) => (
    <div key={seat} className="decide">
      <NativeSelect
        id={`seat.${seat}`}
        label={term(`seat.${seat}`)}
        value={draft.seats[seat] ?? ''}
        onChange={(event) => change({ seats: { ...draft.seats, [seat]: event.currentTarget.value } })}
        data={[
          { value: '', label: t(opening.seats.includes(seat) ? 'choose' : 'new.nobody') },
          ...known
            .filter(({ powers }) => powers.some((power) => power.procedure === opening.procedure && power.seat === seat))
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
        error={faults[`seat.${seat}`] === undefined ? undefined : term(`error.${faults[`seat.${seat}`]}`)}
        required={opening.seats.includes(seat)}
      />
    </div>
  ));
}

function Texts({ opening, draft, faults, change }: PartProps) {
  const { term } = useWords();
  return sectionsOf(opening).flatMap((section) =>
    fieldsOf(section).map((field) => (
      <div key={field} className="decide">
        <Textarea
          id={`section.${field}`}
          label={term(`section.${section}`)}
          value={draft.texts[field] ?? ''}
          onChange={(event) => change({ texts: { ...draft.texts, [field]: event.currentTarget.value } })}
          error={faults[`section.${field}`] === undefined ? undefined : term('error.field-missing')}
          rows={section === 'offence' ? 1 : 4}
          dir="auto"
          required={opening.required.includes(section)}
        />
      </div>
    )),
  );
}

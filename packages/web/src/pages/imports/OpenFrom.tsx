import type { DeskView, ImportView, OpeningView, PartyView } from '@comity/node/api';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { openingOf } from '../../api/gate.ts';
import { nodeNow } from '../../api/now.ts';
import { parties } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { AnyFields } from '../request/AnyFields.tsx';
import { emptyDraft, faultsOfAny, openingAct, readAny } from '../request/anyDraft.ts';
import { FaultList } from '../request/FaultList.tsx';
import '../request/request.css';
import { proposedFor } from './outside.ts';
import type { SendProps } from './TakeUp.tsx';

interface Props extends SendProps {
  readonly view: ImportView;
  readonly opens: DeskView['opens'];
}

/** Opens a case with what the document asks: the form of the procedure, filled in as far as a program may. */
export function OpenFrom({ opens, ...props }: Props) {
  const { t, term } = useWords();
  const [procedure, setProcedure] = useState('');
  return (
    <>
      <NativeSelect
        label={t('import.open.procedure')}
        value={procedure}
        onChange={(event) => setProcedure(event.currentTarget.value)}
        data={[
          { value: '', label: t('choose') },
          ...opens.map((one) => ({ value: one.procedure, label: term(`procedure.${one.procedure}`) })),
        ]}
        required
      />
      {procedure !== '' && <Form key={procedure} procedure={procedure} {...props} />}
    </>
  );
}

function Form({ procedure, ...props }: Omit<Props, 'opens'> & { readonly procedure: string }) {
  const { party, person } = useOwn();
  const known = useQuery(parties).data?.parties;
  const opening = useQuery(openingOf(procedure)).data;
  if (party === undefined || person === undefined || known === undefined || opening === undefined) return <Loading />;
  return <Ready opening={opening} party={party} person={person.id} known={known} {...props} />;
}

interface ReadyProps extends Omit<Props, 'opens'> {
  readonly opening: OpeningView;
  readonly party: PartyView;
  readonly person: string;
  readonly known: readonly PartyView[];
}

function Ready({ view, opening, party, person, known, send, busy }: ReadyProps) {
  const { t, term } = useWords();
  const proposed = proposedFor(opening, emptyDraft(opening, party.zone, known), view.draft);
  const draft = useDraft(`import.${view.id}.${opening.procedure}.${person}`, proposed.draft, readAny);
  const [tried, setTried] = useState(false);
  if (!draft.ready) return <Loading />;
  const { value } = draft;
  const faults = faultsOfAny(opening, value, nodeNow());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    const act = openingAct(opening, value, { party: party.id, zone: party.zone });
    void send({ opening: { procedure: opening.procedure, ...act } });
  };
  return (
    <form className="request" noValidate onSubmit={submit}>
      <p className="consequence">
        {t('import.open.filled', { n: proposed.filled })}
        {proposed.left > 0 && <> {t('import.open.left', { n: proposed.left })}</>}
      </p>
      <DraftNote draft={draft} />
      <FaultList faults={tried ? faults : {}} />
      <AnyFields
        opening={opening}
        draft={value}
        {...{ party, known, faults: tried ? faults : {} }}
        onChange={(part) => draft.set({ ...value, ...part })}
      />
      <div className="section">
        <Button type="submit" loading={busy}>
          {t('import.open.submit', { what: term(`act.${opening.act}`) })}
        </Button>
      </div>
    </form>
  );
}

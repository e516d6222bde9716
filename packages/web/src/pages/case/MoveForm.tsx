import type { JsonObject } from '@comity/core';
import type { CaseView, MoveView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { type Draft, useDraft } from '../../drafts/useDraft.ts';
import { Basis } from '../../things/Basis.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Consequence } from './Consequence.tsx';
import { DecisionFields } from './DecisionFields.tsx';
import { DutiesBefore } from './DutiesBefore.tsx';
import { MemberFields } from './MemberFields.tsx';
import { MoveFaultList } from './MoveFaultList.tsx';
import { actOf, EMPTY_MOVE, faultsOfMove, type MoveDraft, readMove } from './moveDraft.ts';
import { Override, overridableIn, StoppedBy } from './Override.tsx';
import { SectionFields } from './SectionFields.tsx';
import { SubmitWords } from './SubmitWords.tsx';
import './case.css';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly onDone: () => void;
  /** Whether the page stays where it is afterwards. */
  readonly stay?: boolean;
}

/** The form of a move, made from what the procedure asks for: decisions item by item, members, sections. A partial decision outlives a reload. */
export function MoveForm(props: Props) {
  const draft = useMoveDraft(props.view.id, props.move.type);
  return <DraftedMove {...props} draft={draft} />;
}

/** What was keyed for an act of a case by whoever is signed in. */
export function useMoveDraft(caseId: string, type: string): Draft<MoveDraft> {
  const { person } = useOwn();
  return useDraft(`move.${caseId}.${type}.${person?.id}`, EMPTY_MOVE, readMove);
}

interface DraftedProps extends Props {
  readonly draft: Draft<MoveDraft>;
  readonly note?: ReactNode;
  /** What the act says besides, from the note; null while the note stands in its way. */
  readonly also?: JsonObject | null;
  readonly onStopped?: () => void;
}

/** The same form over a draft that somebody else on the page looks at too. */
export function DraftedMove({ view, move, onDone, stay = false, draft, note, also = {}, onStopped }: DraftedProps) {
  const { t } = useWords();
  const { zone } = useOwn();
  const [tried, setTried] = useState(false);
  const [halted, setHalted] = useState<string>();
  const act = useAct(view.id);
  const navigate = useNavigate();
  if (!draft.ready) return null;
  const { value } = draft;
  const change = (part: Partial<MoveDraft>): void => draft.set({ ...value, ...part });
  const faults = tried ? faultsOfMove(move, value) : {};
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOfMove(move, value)).length > 0) return;
    if (also === null) {
      onStopped?.();
      return;
    }
    const made = actOf(move, value, view, zone);
    const reason = (value.texts['override'] ?? '').trim();
    if (halted !== undefined && reason === '') return;
    const over = halted === undefined ? {} : { overrides: halted };
    const why = halted === undefined ? {} : { override: { text: reason } };
    const whole = { ...made, data: { ...made.data, ...also, ...over }, sections: { ...made.sections, ...why } };
    await act.mutateAsync(whole, {
      onError: (error) => {
        setHalted(overridableIn(error) ?? halted);
        // The reason is asked for only now: nobody has left it out yet.
        setTried(false);
      },
    });
    draft.drop();
    onDone();
    if (!stay) await navigate({ to: '/cases/$id', params: { id: view.id } });
  };
  return (
    <form noValidate className="reading" onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <p>
        <Basis cite={move.cite} />
      </p>
      <MoveFaultList faults={faults} />
      <Problem error={act.error} kept />
      <StoppedBy error={act.error} />
      {move.type === 'approve' && <DutiesBefore view={view} />}
      <DecisionFields
        view={view}
        move={move}
        decisions={value.decisions}
        faults={faults}
        onChange={(decisions) => change({ decisions })}
      />
      <MemberFields move={move} members={value.members} faults={faults} zone={zone} onChange={(members) => change({ members })} />
      <SectionFields view={view} move={move} texts={value.texts} faults={faults} onChange={(texts) => change({ texts })} />
      {halted !== undefined && (
        <Override
          view={view}
          text={value.texts['override'] ?? ''}
          tried={tried}
          onChange={(override) => change({ texts: { ...value.texts, override } })}
        />
      )}
      {note}
      <Consequence view={view} move={move} draft={value} />
      <div className="actions">
        <Button type="submit" loading={act.isPending}>
          <SubmitWords move={move} draft={value} />
        </Button>
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('moves.cancel')}
        </Link>
      </div>
      {move.items.length + move.sections.length > 0 && <DraftNote draft={draft} />}
    </form>
  );
}

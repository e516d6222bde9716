import type { CaseView, MoveView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Basis } from '../../things/Basis.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Consequence } from '../case/Consequence.tsx';
import { MemberFields } from '../case/MemberFields.tsx';
import { MoveFaultList } from '../case/MoveFaultList.tsx';
import { actOf, EMPTY_MOVE, faultsOfMove, type MoveDraft } from '../case/moveDraft.ts';
import { SectionFields } from '../case/SectionFields.tsx';
import { SubmitWords } from '../case/SubmitWords.tsx';
import { type AnswerDraft, draftFor } from './answerDraft.ts';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly draft: AnswerDraft;
  readonly onChange: (draft: AnswerDraft) => void;
}

/** One act that the answers make: its texts, what will happen, and the button that says it in numbers. */
export function SendAnswer({ view, move, draft, onChange }: Props) {
  const { term } = useWords();
  const { zone } = useOwn();
  const act = useAct(view.id);
  const [tried, setTried] = useState(false);
  const value = draftFor(draft, move.type);
  const change = (part: Partial<MoveDraft>): void => onChange({ ...draft, [move.type]: { ...value, ...part } });
  const faults = tried ? faultsOfMove(move, value) : {};
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOfMove(move, value)).length > 0) return;
    await act.mutateAsync(actOf(move, value, view, zone));
    onChange({ ...draft, [move.type]: EMPTY_MOVE });
  };
  return (
    <form noValidate className="send-answer" onSubmit={(event) => void submit(event).catch(() => undefined)}>
      <h3>
        {term(`act.${move.type}`)} <Basis cite={move.cite} />
      </h3>
      <MoveFaultList faults={faults} />
      <Problem error={act.error} kept />
      <MemberFields move={move} members={value.members} faults={faults} zone={zone} onChange={(members) => change({ members })} />
      <SectionFields view={view} move={move} texts={value.texts} faults={faults} onChange={(texts) => change({ texts })} />
      <Consequence view={view} move={move} draft={value} />
      <div className="actions">
        <Button type="submit" loading={act.isPending}>
          <SubmitWords move={move} draft={value} />
        </Button>
      </div>
    </form>
  );
}

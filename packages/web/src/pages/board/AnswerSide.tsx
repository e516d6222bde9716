import type { CaseView } from '@comity/node/api';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { AnswerItem } from './AnswerItem.tsx';
import { type AnswerDraft, answering, draftFor, readAnswers } from './answerDraft.ts';
import { SendAnswer } from './SendAnswer.tsx';

const NONE: AnswerDraft = {};

interface Props {
  readonly view: CaseView;
  readonly parts: readonly ('items' | 'send')[];
}

/** The items with the answer to each, and the acts that those answers make. Half an answer is kept on this computer, and is the same in every view of the case. */
export function AnswerSide({ view, parts }: Props) {
  const { t } = useWords();
  const { person } = useOwn();
  const draft = useDraft(`board.${view.id}.${person?.id}`, NONE, readAnswers);
  if (!draft.ready) return null;
  const { value, set } = draft;
  const moves = answering(view);
  const chosen = moves.filter(({ type }) => Object.keys(draftFor(value, type).decisions).length > 0);
  return (
    <>
      {parts.includes('items') && (
        <ol className="answer-items">
          {view.items.map((item) => (
            <AnswerItem key={item.item.id} view={view} item={item} draft={value} onChange={set} />
          ))}
        </ol>
      )}
      {parts.includes('send') && (
        <>
          {chosen.map((move) => (
            <SendAnswer key={move.type} view={view} move={move} draft={value} onChange={set} />
          ))}
          {chosen.length === 0 && <p className="quiet">{t(moves.length === 0 ? 'board.nothing' : 'board.undecided')}</p>}
        </>
      )}
      {moves.length > 0 && <DraftNote draft={draft} />}
    </>
  );
}

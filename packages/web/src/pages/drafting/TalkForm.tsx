import type { CaseView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { useWords } from '../../words/useWords.ts';
import { DraftedMove, useMoveDraft } from '../case/MoveForm.tsx';

interface Props {
  readonly view: CaseView;
  /** The latest version that is shown, to be changed from. */
  readonly latest: string | undefined;
}

/** The next word: another version, or a comment, whichever this office may make now. What may still be changed is said; what was sent is not. */
export function TalkForm({ view, latest }: Props) {
  const { t, term } = useWords();
  const [done, setDone] = useState(0);
  const moves = view.moves.filter(
    ({ type, refusal }) => refusal === undefined && (type === 'share-draft' || type === 'comment-draft'),
  );
  if (moves.length === 0) return <p>{t('drafting.over')}</p>;
  return moves.map((move) => (
    <section key={`${move.type} ${done}`} className="section" aria-label={term(`act.${move.type}`)}>
      <h2>{term(`act.${move.type}`)}</h2>
      <OneForm view={view} type={move.type} latest={latest} onDone={() => setDone(done + 1)} />
    </section>
  ));
}

function OneForm({ view, type, latest, onDone }: Props & { readonly type: string; readonly onDone: () => void }) {
  const { t } = useWords();
  const draft = useMoveDraft(view.id, type);
  const start = useStart(view);
  const move = view.moves.find((one) => one.type === type);
  if (!draft.ready || move === undefined) return null;
  const isDraft = type === 'share-draft';
  const empty = (draft.value.texts['draft'] ?? '').trim() === '';
  const note = isDraft && empty && (
    <p className="actions">
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => draft.set({ ...draft.value, texts: { ...draft.value.texts, draft: latest ?? start } })}
      >
        {t(latest === undefined ? 'drafting.from-request' : 'drafting.from-latest')}
      </Button>
    </p>
  );
  return <DraftedMove view={view} move={move} onDone={onDone} stay draft={draft} note={note} />;
}

/** The items of the case as lines, to begin a draft with: no identifier is in it that is not in the request. */
function useStart(view: CaseView): string {
  const { t, term } = useWords();
  const phrase = useItemPhrase();
  const lines = view.items.map((item, index) => `${index + 1}. ${phrase(item)}`);
  return [term(`procedure.${view.procedure.id}`), t('drafting.asked'), ...lines].join('\n');
}

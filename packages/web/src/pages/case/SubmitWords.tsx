import type { MoveView } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import type { MoveDraft } from './moveDraft.ts';

/** What the button will do, in words and numbers: `Approve 2, strike out 1`. */
export function SubmitWords({ move, draft }: { readonly move: MoveView; readonly draft: MoveDraft }) {
  const { t, term, locale } = useWords();
  const counted = Object.keys(move.choices).flatMap((choice) => {
    const n = move.items.filter(({ item }) => draft.decisions[item]?.choice === choice).length;
    return n === 0 ? [] : [t('moves.count', { choice: term(`choice.${choice}`), n })];
  });
  if (counted.length === 0) return <>{term(`act.${move.type}`)}</>;
  return <>{new Intl.ListFormat(locale, { type: 'unit' }).format(counted)}</>;
}

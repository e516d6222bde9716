import { IconArrowLeft, IconArrowRight, IconCircleX } from '@tabler/icons-react';
import { useWords } from '../words/useWords.ts';

/** Whose turn it is, as a word and an arrow: towards us, or away. Arrows follow the direction of reading. */
export function TurnMark({ ours, name }: { readonly ours: boolean; readonly name: string }) {
  const { t, direction } = useWords();
  const In = direction === 'ltr' ? IconArrowRight : IconArrowLeft;
  const Out = direction === 'ltr' ? IconArrowLeft : IconArrowRight;
  const Icon = ours ? In : Out;
  return (
    <span className="clockmark">
      <Icon size={14} stroke={1.5} aria-hidden />
      {ours ? t('desk.ours') : t('turn.theirs', { party: name })}
    </span>
  );
}

/** The law that a case was opened under has run out. */
export function ExpiredMark() {
  const { t } = useWords();
  return (
    <span className="clockmark overdue">
      <IconCircleX size={14} stroke={1.5} aria-hidden />
      {t('turn.expired')}
    </span>
  );
}

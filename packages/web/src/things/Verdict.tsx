import {
  IconAlertTriangle,
  IconArrowsLeftRight,
  IconCheck,
  IconCircleHalf2,
  IconFlag,
  IconQuestionMark,
  IconX,
} from '@tabler/icons-react';
import { useWords } from '../words/useWords.ts';
import './verdict.css';

const MARKS = {
  free: { icon: IconCheck, tone: 'go' },
  conditional: { icon: IconCircleHalf2, tone: 'if' },
  authorisation: { icon: IconFlag, tone: 'ask' },
  prohibited: { icon: IconX, tone: 'stop' },
  undecided: { icon: IconQuestionMark, tone: 'unknown' },
  conflict: { icon: IconArrowsLeftRight, tone: 'clash' },
  'by-the-book': { icon: IconCheck, tone: 'go' },
  departures: { icon: IconAlertTriangle, tone: 'if' },
  tampered: { icon: IconX, tone: 'stop' },
  'cannot-tell': { icon: IconQuestionMark, tone: 'unknown' },
} as const;

export type VerdictWord = keyof typeof MARKS;

/** A verdict: always a mark and a word, the colour only helps. */
export function Verdict({ verdict, large }: { readonly verdict: VerdictWord; readonly large?: boolean }) {
  const { term } = useWords();
  const { icon: Icon, tone } = MARKS[verdict];
  return (
    <span className={`verdict ${tone}${large === true ? ' large' : ''}`}>
      <Icon size={large === true ? 26 : 16} stroke={large === true ? 2 : 1.75} aria-hidden />
      {term(`verdict.${verdict}`)}
    </span>
  );
}

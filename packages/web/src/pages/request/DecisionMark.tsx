import type { GateDecision } from '@comity/assess';
import { IconCheck, IconHandStop, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useWords } from '../../words/useWords.ts';
import '../../things/verdict.css';

/** What a gate decided: a mark and a word, the colour only helps. `open`: it only waits to be told something. */
export function DecisionMark({ decision, open }: { readonly decision: GateDecision; readonly open: boolean }) {
  const { term } = useWords();
  const goes = decision === 'allowed';
  const [Icon, tone] = open
    ? [IconQuestionMark, 'unknown']
    : goes
      ? [IconCheck, 'go']
      : decision === 'hold'
        ? [IconHandStop, 'if']
        : [IconX, 'stop'];
  return (
    <span className={`verdict ${tone}`}>
      <Icon size={16} stroke={1.75} aria-hidden />
      {term(`decision.${open ? 'open' : decision}`)}
    </span>
  );
}

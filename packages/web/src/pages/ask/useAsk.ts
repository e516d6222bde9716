import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Transfer } from '../../api/law.ts';
import { nodeNow } from '../../api/now.ts';
import { type Draft, useDraft } from '../../drafts/useDraft.ts';
import { type AskDraft, BLANK, readAskDraft, transferOf } from './askDraft.ts';

/** Pause after a change before the node is asked. */
const PAUSE = 200;

interface Asked {
  readonly draft: Draft<AskDraft>;
  readonly transfer: Transfer;
  readonly today: string;
  /** What was just said has not been asked yet: an answer that is shown is to the question before it. */
  readonly waiting: boolean;
}

/** The draft of the question, and the question itself as the node is asked it. */
export function useAsk(): Asked {
  const draft = useDraft('ask', BLANK, readAskDraft);
  const today = new Date(nodeNow()).toISOString().slice(0, 10);
  const asked = useMemo(() => transferOf(draft.value, today), [draft.value, today]);
  const now = useMemo(() => ({ asked, ready: draft.ready }), [asked, draft.ready]);
  const [waited] = useDebouncedValue(now, PAUSE);
  // The kept draft counts as soon as it is there: only what changes afterwards waits.
  const transfer = waited.ready ? waited.asked : asked;
  return { draft, transfer, today, waiting: transfer !== asked };
}

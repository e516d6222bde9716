import { useWords } from '../words/useWords.ts';
import { timeIn } from '../words/when.ts';
import { DraftFile } from './DraftFile.tsx';
import type { Draft } from './useDraft.ts';

/** Says that what was typed is kept, where, and how. */
export function DraftNote<T>({ draft }: { readonly draft: Draft<T> }) {
  const { t, locale } = useWords();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <p className="small quiet no-print" role="status" data-kept={draft.kept}>
        {draft.keptAt === undefined
          ? t('draft.will')
          : t('draft.kept', { time: timeIn(new Date(draft.keptAt).toISOString(), zone, locale) })}
      </p>
      <DraftFile draft={draft} />
    </>
  );
}

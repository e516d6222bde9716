import type { CaseView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { previewOf } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { PreviewMade } from '../preview/PreviewMade.tsx';

/** What would leave for an item, counted and masked, in its place on the board; the confirmation is an act of its own. */
export function InlinePreview({ view, item }: { readonly view: CaseView; readonly item: string }) {
  const { t, term } = useWords();
  const made = useMutation({ mutationFn: () => previewOf(view.id, item) });
  return (
    <div className="inline-preview">
      <Problem error={made.error} />
      {made.data === undefined ? (
        <Button variant="default" className="preview-button" loading={made.isPending} onClick={() => made.mutate()}>
          {t('board.preview')}
        </Button>
      ) : (
        <details open>
          <summary>{term('act.minimise')}</summary>
          <PreviewMade view={view} preview={made.data} again={() => made.mutate()} onDone={() => made.reset()} />
        </details>
      )}
      {made.isPending && <p role="status">{t('preview.counting')}</p>}
    </div>
  );
}

import type { CaseView, PreviewView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { Refusal } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { Preview } from '../../things/Preview.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly view: CaseView;
  readonly preview: PreviewView;
  readonly again: () => void;
  readonly onDone: () => Promise<void> | void;
}

/** The preview that was made, and the act that confirms exactly this one. */
export function PreviewMade({ view, preview, again, onDone }: Props) {
  const { t } = useWords();
  const act = useAct(view.id);
  const move = view.moves.find((candidate) => candidate.type === 'minimise');
  const may = move !== undefined && move.refusal === undefined && move.items.some((one) => one.item === preview.item);
  const confirm = async (): Promise<void> => {
    const decision = { item: preview.item, choice: 'minimise', preview: preview.previewDigest };
    await act.mutateAsync({ type: 'minimise', data: { decisions: [decision] } });
    await onDone();
  };
  return (
    <>
      <Preview preview={preview} />
      <Problem error={act.error} />
      {may ? (
        <>
          <p className="consequence">
            {t('preview.consequence', { kept: preview.rowsKept, columns: preview.columnsKept.length })}
          </p>
          <div className="actions no-print">
            <Button loading={act.isPending} onClick={() => void confirm().catch(() => undefined)}>
              {t('preview.confirm', { kept: preview.rowsKept })}
            </Button>
            <Button variant="default" onClick={again}>
              {t('preview.again')}
            </Button>
          </div>
        </>
      ) : (
        <Problem error={new Refusal(move?.refusal ?? { code: 'item-not-open' })} />
      )}
    </>
  );
}

import type { CaseView, PreviewView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { caseOf, previewOf, useAct } from '../../api/queries.ts';
import { Identifier, PeriodText, useItemPhrase } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Preview } from '../../things/Preview.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useWords } from '../../words/useWords.ts';

/** What would leave for one item, counted and masked, before anything is sealed. */
export function PreviewPage() {
  const { id = '', item: itemId = '' } = useParams({ strict: false });
  const { data, error } = useQuery(caseOf(id));
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return <Shown view={data} itemId={itemId} />;
}

function Shown({ view, itemId }: { readonly view: CaseView; readonly itemId: string }) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  const made = useMutation({ mutationFn: () => previewOf(view.id, itemId) });
  const item = view.items.find((one) => one.item.id === itemId);
  if (item === undefined) return <Problem error={new Refusal({ code: 'item-unknown' })} />;
  return (
    <>
      <p className="small">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('preview.title', { item: phrase(item) })}</h1>
      <dl className="facts">
        <dt>{t('items.identifier')}</dt>
        <dd>
          <Identifier item={item} />
        </dd>
        <dt>{t('items.period')}</dt>
        <dd>
          <PeriodText item={item.item} />
        </dd>
      </dl>
      <Problem error={made.error} />
      {made.data === undefined ? (
        <div className="stack" style={{ marginBlockStart: '1.5rem' }}>
          <p>{t('preview.lead')}</p>
          <Button onClick={() => made.mutate()} loading={made.isPending}>
            {t('preview.make')}
          </Button>
          {made.isPending && <p role="status">{t('preview.counting')}</p>}
        </div>
      ) : (
        <Made view={view} preview={made.data} again={() => made.mutate()} />
      )}
    </>
  );
}

/** The preview that was made, and the act that confirms exactly this one. */
function Made({ view, preview, again }: { readonly view: CaseView; readonly preview: PreviewView; readonly again: () => void }) {
  const { t } = useWords();
  const act = useAct(view.id);
  const navigate = useNavigate();
  const move = view.moves.find((candidate) => candidate.type === 'minimise');
  const may = move !== undefined && move.refusal === undefined && move.items.some((one) => one.item === preview.item);
  const confirm = async (): Promise<void> => {
    const decision = { item: preview.item, choice: 'minimise', preview: preview.previewDigest };
    await act.mutateAsync({ type: 'minimise', data: { decisions: [decision] } });
    await navigate({ to: '/cases/$id', params: { id: view.id } });
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

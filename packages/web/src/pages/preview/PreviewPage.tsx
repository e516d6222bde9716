import type { CaseView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { caseOf, previewOf } from '../../api/queries.ts';
import { Identifier, PeriodText, useItemPhrase } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useWords } from '../../words/useWords.ts';
import { PreviewMade } from './PreviewMade.tsx';

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
  const navigate = useNavigate();
  const back = (): Promise<void> => navigate({ to: '/cases/$id', params: { id: view.id } });
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
        <PreviewMade view={view} preview={made.data} again={() => made.mutate()} onDone={back} />
      )}
    </>
  );
}

import type { CaseView, ItemView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Refusal } from '../../api/client.ts';
import { caseOf } from '../../api/queries.ts';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly title: 'open.title' | 'share.title';
  readonly children: (view: CaseView, item: ItemView) => ReactNode;
}

/** The page of one item of a case, named in the address, once a reason to open the case was given. */
export function ItemPage({ title, children }: Props) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  const { id = '', item: itemId = '' } = useParams({ strict: false });
  const { data, error } = useQuery(caseOf(id));
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const item = data.items.find((one) => one.item.id === itemId);
  if (item === undefined) return <Problem error={new Refusal({ code: 'item-unknown' })} />;
  return (
    <>
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t(title, { item: phrase(item) })}</h1>
      {children(data, item)}
    </>
  );
}

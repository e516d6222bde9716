import type { CaseView, ItemView } from '@comity/node/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Refusal } from '../../api/client.ts';
import { caseOf, useAct } from '../../api/queries.ts';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useWords } from '../../words/useWords.ts';
import { headerFor } from './headerFor.ts';
import { type Asked, OpenForm } from './OpenForm.tsx';

/** Passing a delivery on: the key of the file is wrapped for the other office on this machine; the content is not opened. */
export function SharePage() {
  const { id = '', item: itemId = '' } = useParams({ strict: false });
  const { data, error } = useQuery(caseOf(id));
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const item = data.items.find((one) => one.item.id === itemId);
  return item === undefined ? <Problem error={new Refusal({ code: 'item-unknown' })} /> : <Shown view={data} item={item} />;
}

function Shown({ view, item }: { readonly view: CaseView; readonly item: ItemView }) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  const [step, setStep] = useState<string>();
  const act = useAct(view.id);
  const sharing = useMutation({
    mutationFn: async ({ passphrase, purpose }: Asked) => {
      const made = await headerFor({ case: view.id, item: item.item.id, passphrase, purpose, step: setStep });
      const decision = { item: item.item.id, choice: 'share', header: made.header };
      await act.mutateAsync({
        type: 'share',
        data: { seats: { subprocessor: made.to.party }, decisions: [decision] },
        sections: {},
      });
      return made.to.name;
    },
    gcTime: 0,
  });
  return (
    <>
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('share.title', { item: phrase(item) })}</h1>
      <Problem error={sharing.error} kept />
      {sharing.data === undefined ? (
        <OpenForm
          lead={t('share.lead')}
          consequence={t('share.consequence')}
          submit={t('share.submit')}
          withReason={false}
          busy={sharing.isPending}
          step={step}
          onAsk={(asked) => sharing.mutate(asked)}
        />
      ) : (
        <p role="status">{t('share.done', { office: sharing.data })}</p>
      )}
    </>
  );
}

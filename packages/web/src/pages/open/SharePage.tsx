import type { CaseView, ItemView } from '@comity/node/api';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { headerFor } from './headerFor.ts';
import { ItemPage } from './ItemPage.tsx';
import { type Asked, OpenForm } from './OpenForm.tsx';

/** Passing a delivery on: the key of the file is wrapped for the other office on this machine; the content is not opened. */
export function SharePage() {
  return <ItemPage title="share.title">{(view, item) => <Shown view={view} item={item} />}</ItemPage>;
}

function Shown({ view, item }: { readonly view: CaseView; readonly item: ItemView }) {
  const { t } = useWords();
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

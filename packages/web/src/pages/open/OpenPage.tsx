import type { CaseView, ItemView } from '@comity/node/api';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { useAct } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { Delivery } from './Delivery.tsx';
import { ItemPage } from './ItemPage.tsx';
import { JointOpening } from './JointOpening.tsx';
import { type Asked, OpenForm } from './OpenForm.tsx';
import { type Opened, openDelivery, type TooLarge } from './openDelivery.ts';
import { TooLargeView } from './TooLargeView.tsx';

/** Opening a delivery: the reason first, then on this machine only, then the act that says so. */
export function OpenPage() {
  return <ItemPage title="open.title">{(view, item) => <Shown view={view} item={item} />}</ItemPage>;
}

function Shown({ view, item }: { readonly view: CaseView; readonly item: ItemView }) {
  const [step, setStep] = useState<string>();
  const act = useAct(view.id);
  const opening = useMutation({
    mutationFn: async ({ passphrase, purpose, reason, shares }: Asked & { readonly shares?: readonly File[] }) => {
      const about = { case: view.id, item: item.item.id, passphrase, purpose, step: setStep };
      const opened = await openDelivery(shares === undefined ? about : { ...about, shares });
      if ('sealedPath' in opened) return { opened, at: '' };
      setStep('recording');
      const decision = { item: item.item.id, choice: 'open', plaintext: opened.digest };
      await act.mutateAsync({ type: openingAct(view), data: { decisions: [decision] }, sections: { reason: { text: reason } } });
      return { opened, at: new Date(nodeNow()).toISOString() };
    },
    // What was opened is shown by this page alone; it is not kept anywhere.
    gcTime: 0,
  });
  return (
    <>
      <Problem error={opening.error} kept />
      {opening.data === undefined ? (
        <Asking
          view={view}
          item={item}
          busy={opening.isPending}
          step={step}
          onAsk={(asked, shares) => opening.mutate(shares === undefined ? asked : { ...asked, shares })}
        />
      ) : (
        <Result {...opening.data} view={view} />
      )}
    </>
  );
}

interface AskingProps {
  readonly view: CaseView;
  readonly item: ItemView;
  readonly busy: boolean;
  readonly step: string | undefined;
  readonly onAsk: (asked: Asked, shares?: readonly File[]) => void;
}

/** What is asked before anything is opened: of this office alone, or of several together. */
function Asking({ view, item, busy, step, onAsk }: AskingProps) {
  const { t } = useWords();
  const form = { busy, step, onAsk };
  if (item.joint !== undefined) return <JointOpening view={view} item={item} joint={item.joint} {...form} />;
  return <OpenForm lead={t('open.lead')} consequence={t('open.consequence')} submit={t('open.submit')} withReason {...form} />;
}

interface ResultProps {
  readonly opened: Opened | TooLarge;
  readonly at: string;
  readonly view: CaseView;
}

function Result({ opened, at, view }: ResultProps) {
  if ('sealedPath' in opened) return <TooLargeView delivery={opened} />;
  const download = view.moves.some((move) => move.type === openingAct(view) && move.download);
  return <Delivery opened={opened} at={at} caseId={view.id} download={download} />;
}

/** The act that says so: what was delivered, or what was shared onward. */
function openingAct(view: CaseView): 'open' | 'open-share' {
  return view.moves.some((move) => move.type === 'open-share') ? 'open-share' : 'open';
}

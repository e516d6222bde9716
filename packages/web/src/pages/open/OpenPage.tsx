import type { CaseView, ItemView } from '@comity/node/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Refusal } from '../../api/client.ts';
import { nodeNow } from '../../api/now.ts';
import { caseOf, useAct } from '../../api/queries.ts';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useWords } from '../../words/useWords.ts';
import { Delivery } from './Delivery.tsx';
import { JointOpening } from './JointOpening.tsx';
import { type Asked, OpenForm } from './OpenForm.tsx';
import { type Opened, openDelivery, type TooLarge } from './openDelivery.ts';
import { TooLargeView } from './TooLargeView.tsx';

/** Opening a delivery: the reason first, then on this machine only, then the act that says so. */
export function OpenPage() {
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
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('open.title', { item: phrase(item) })}</h1>
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

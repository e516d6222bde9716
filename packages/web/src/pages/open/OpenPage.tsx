import type { CaseView, ItemView } from '@comity/node/api';
import { Button, PasswordInput, Radio, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Refusal } from '../../api/client.ts';
import { nodeNow } from '../../api/now.ts';
import { caseOf, useAct } from '../../api/queries.ts';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { PURPOSES } from '../../things/purposes.ts';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Delivery } from './Delivery.tsx';
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
    mutationFn: async ({ passphrase, purpose, reason }: Asked) => {
      const opened = await openDelivery({ case: view.id, item: item.item.id, passphrase, purpose, step: setStep });
      if ('sealedPath' in opened) return { opened, at: '' };
      setStep('recording');
      const decision = { item: item.item.id, choice: 'open', plaintext: opened.digest };
      await act.mutateAsync({ type: 'open', data: { decisions: [decision] }, sections: { reason: { text: reason } } });
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
        <OpenForm busy={opening.isPending} step={step} onOpen={(ask) => opening.mutate(ask)} />
      ) : (
        <Result {...opening.data} view={view} />
      )}
    </>
  );
}

interface ResultProps {
  readonly opened: Opened | TooLarge;
  readonly at: string;
  readonly view: CaseView;
}

function Result({ opened, at, view }: ResultProps) {
  if ('sealedPath' in opened) return <TooLargeView delivery={opened} />;
  const download = view.moves.some((move) => move.type === 'open' && move.download);
  return <Delivery opened={opened} at={at} caseId={view.id} download={download} />;
}

/** What is said before a delivery is opened. */
interface Asked {
  readonly passphrase: string;
  readonly purpose: string;
  readonly reason: string;
}

interface FormProps {
  readonly busy: boolean;
  readonly step: string | undefined;
  readonly onOpen: (asked: Asked) => void;
}

function OpenForm({ busy, step, onOpen }: FormProps) {
  const { t, term } = useWords();
  const { sandbox } = useOwn();
  const [passphrase, setPassphrase] = useState('');
  const [reason, setReason] = useState('');
  const [purpose, setPurpose] = useState<string>();
  return (
    <form
      className="stack reading"
      onSubmit={(event) => {
        event.preventDefault();
        if (purpose !== undefined) onOpen({ passphrase, purpose, reason: reason.trim() });
      }}
    >
      <p>{t('open.lead')}</p>
      <Radio.Group value={purpose ?? null} onChange={setPurpose} label={t('gate.label')} name="purpose" className="radios">
        {PURPOSES.map((one) => (
          <Radio key={one} value={one} label={term(`purpose.${one}`)} mt="xs" />
        ))}
      </Radio.Group>
      <Textarea
        label={t('open.reason')}
        description={t('open.reason.help')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        rows={3}
        dir="auto"
        required
      />
      <PasswordInput
        label={t('open.passphrase')}
        description={sandbox ? t('open.passphrase.sandbox') : t('open.passphrase.help')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('open.passphrase.show') }}
        required
      />
      <p className="consequence">{t('open.consequence')}</p>
      <Button type="submit" loading={busy} disabled={passphrase === '' || purpose === undefined || reason.trim() === ''}>
        {t('open.submit')}
      </Button>
      <p role="status">{busy && step !== undefined && term(`step.${step}`)}</p>
    </form>
  );
}

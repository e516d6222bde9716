import { Button, Radio, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useDecideImport } from '../../api/imports.ts';
import { nodeNow } from '../../api/now.ts';
import { desk } from '../../api/queries.ts';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { instantOf } from '../../words/when.ts';
import { type Call, CallBack, callFaults } from './CallBack.tsx';
import type { DecideProps } from './DecideImport.tsx';
import { IntoCase } from './IntoCase.tsx';
import { OpenFrom } from './OpenFrom.tsx';

/** What the second person does with it. */
const WAYS = ['case', 'open', 'outside'] as const;
type Way = (typeof WAYS)[number];
const WAY_WORDS = { case: 'import.way.case', open: 'import.way.open', outside: 'import.way.outside' } as const;

/** Taking up: the first person notes a call and proposes it; the second notes another and carries it out. */
export function TakeUp({ view, authorities }: DecideProps) {
  const { t } = useWords();
  const [call, setCall] = useState<Call>({ authority: view.sender?.id ?? '', spokeWith: '', at: '' });
  const [words, setWords] = useState('');
  const { send, faults, error, busy } = useTaking(view.id, { call, words });
  const second = view.state === 'proposed';
  return (
    <div className="take-up">
      <p>{t(second ? 'import.second' : 'import.first')}</p>
      <Problem error={error} kept />
      <CallBack call={call} authorities={authorities} faults={faults} onChange={setCall} />
      <Textarea
        label={t('import.words')}
        description={t('import.words.help')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={4000}
        dir="auto"
      />
      {second ? (
        <Ways view={view} send={send} busy={busy} />
      ) : (
        <Plain label={t('import.first.submit')} send={() => send({})} busy={busy} />
      )}
    </div>
  );
}

export interface SendProps {
  /** Decides so, with what is particular to the way; nothing is sent while the note of the call lacks something. */
  readonly send: (particulars: object) => Promise<void>;
  readonly busy: boolean;
}

/** Sends a decision, and goes to the case where it led to one. */
function useTaking(id: string, said: { readonly call: Call; readonly words: string }) {
  const { zone } = useOwn();
  const [tried, setTried] = useState(false);
  const deciding = useDecideImport(id);
  const navigate = useNavigate();
  const faults = callFaults(said.call, { zone, now: nodeNow() });
  const send = async (particulars: object): Promise<void> => {
    setTried(true);
    const [first] = Object.keys(faults);
    if (first !== undefined) {
      document.getElementById({ authority: 'call-authority', spokeWith: 'call-spoke' }[first] ?? 'call-at')?.focus();
      return;
    }
    const callBack = { ...said.call, spokeWith: said.call.spokeWith.trim(), at: instantOf(said.call.at, zone) ?? '' };
    const done = await deciding
      .mutateAsync({ decision: 'taken-up', callBack, words: said.words.trim(), ...particulars })
      // What was refused stands above the form.
      .catch(() => undefined);
    if (done !== undefined && done.case !== null) await navigate({ to: '/cases/$id', params: { id: done.case } });
  };
  return { send, faults: tried ? faults : {}, error: deciding.error, busy: deciding.isPending };
}

function Plain({ label, send, busy }: { readonly label: string; readonly send: () => Promise<void>; readonly busy: boolean }) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };
  return (
    <form className="actions" onSubmit={submit}>
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </form>
  );
}

function Ways({ view, ...sending }: SendProps & Pick<DecideProps, 'view'>) {
  const { t } = useWords();
  const [way, setWay] = useState<Way>();
  const opens = useQuery(desk).data?.opens ?? [];
  const possible = WAYS.filter((one) => one !== 'open' || opens.length > 0);
  return (
    <>
      <Radio.Group
        value={way ?? null}
        onChange={(chosen) => setWay(WAYS.find((one) => one === chosen))}
        label={t('import.way')}
        name="way"
        className="radios"
      >
        {possible.map((one) => (
          <Radio key={one} value={one} label={t(WAY_WORDS[one])} mt="xs" />
        ))}
      </Radio.Group>
      {way === 'case' && <IntoCase {...sending} />}
      {way === 'open' && <OpenFrom view={view} opens={opens} {...sending} />}
      {way === 'outside' && <Plain label={t('import.outside.submit')} send={() => sending.send({})} busy={sending.busy} />}
    </>
  );
}

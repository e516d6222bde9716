import type { CaseView } from '@comity/node/api';
import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { nodeNow } from '../../api/now.ts';
import { useAct } from '../../api/queries.ts';
import { useItemPhrase } from '../../things/ItemName.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { type Asked, OpenForm } from '../open/OpenForm.tsx';
import { OPEN_LIMIT, openDelivery } from '../open/openDelivery.ts';
import type { Evidence } from './evidence.ts';
import { readEvidence } from './readEvidence.ts';

/** What was opened to be looked into. */
export interface Looking {
  readonly tables: readonly Evidence[];
  readonly purpose: string;
  readonly at: string;
}

interface Props {
  readonly view: CaseView;
  readonly onOpened: (looking: Looking) => void;
}

/** Chooses deliveries and opens them here: the reason first, then on this machine only, then the act that says so. */
export function OpenMany({ view, onOpened }: Props) {
  const { t } = useWords();
  const phrase = useItemPhrase();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [step, setStep] = useState<string>();
  const act = useAct(view.id);
  const move = view.moves.find(({ type, refusal }) => type === 'open' && refusal === undefined);
  const openable = view.items.filter(
    ({ item, joint, payload }) =>
      joint === undefined &&
      payload?.side === 'received' &&
      payload.state !== 'expected' &&
      payload.size <= OPEN_LIMIT &&
      move?.items.some((one) => one.item === item.id) === true,
  );
  const opening = useMutation({
    mutationFn: async (asked: Asked) => {
      const looking = await openAll(view.id, chosen, { asked, step: setStep });
      setStep('recording');
      const decisions = looking.opened.map(({ item, digest }) => ({ item, choice: 'open', plaintext: digest }));
      await act.mutateAsync({ type: 'open', data: { decisions }, sections: { reason: { text: asked.reason } } });
      onOpened({ tables: looking.tables, purpose: asked.purpose, at: new Date(nodeNow()).toISOString() });
    },
    gcTime: 0,
  });
  if (openable.length === 0) return <p>{t('look.none')}</p>;
  return (
    <>
      <Problem error={opening.error} kept />
      <OpenForm
        lead={t('look.lead')}
        consequence={t('look.consequence', { n: chosen.length })}
        submit={t('look.open', { n: chosen.length })}
        withReason
        ready={chosen.length > 0}
        busy={opening.isPending}
        step={step}
        onAsk={(asked) => opening.mutate(asked)}
      >
        <Checkbox.Group value={[...chosen]} onChange={setChosen} label={t('look.which')}>
          {openable.map((item) => (
            <Checkbox key={item.item.id} value={item.item.id} label={phrase(item)} mt="xs" />
          ))}
        </Checkbox.Group>
      </OpenForm>
    </>
  );
}

interface OpenedAll {
  readonly tables: readonly Evidence[];
  readonly opened: readonly { readonly item: string; readonly digest: string }[];
}

async function openAll(
  caseId: string,
  items: readonly string[],
  { asked, step }: { readonly asked: Asked; readonly step: (step: string) => void },
): Promise<OpenedAll> {
  const tables: Evidence[] = [];
  const done: { readonly item: string; readonly digest: string }[] = [];
  for (const item of items) {
    const opened = await openDelivery({ case: caseId, item, passphrase: asked.passphrase, purpose: asked.purpose, step });
    // Only what fits into a page was offered.
    if ('sealedPath' in opened) throw new RangeError(item);
    tables.push(...(await readEvidence(item, opened)));
    done.push({ item, digest: opened.digest });
    opened.close();
  }
  return { tables, opened: done };
}

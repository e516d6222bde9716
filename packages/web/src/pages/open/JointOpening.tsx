import type { CaseView, ItemView, JointView } from '@comity/node/api';
import { FileInput } from '@mantine/core';
import { useState } from 'react';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { GiveShare } from './GiveShare.tsx';
import { type Asked, OpenForm } from './OpenForm.tsx';

/** Who must come together to open a delivery, and what this office can do towards it. */
export function JointOpening(props: {
  readonly view: CaseView;
  readonly item: ItemView;
  readonly joint: JointView;
  readonly busy: boolean;
  readonly step: string | undefined;
  readonly onAsk: (asked: Asked, shares: readonly File[]) => void;
}) {
  const { view, item, joint, ...form } = props;
  const { t } = useWords();
  const { party } = useOwn();
  const id = item.item.id;
  const opens = view.moves.some(
    (move) => move.type === 'open' && move.refusal === undefined && move.items.some((one) => one.item === id),
  );
  return (
    <>
      <p>{t('joint.who', { needed: joint.needed, count: joint.holders.length })}</p>
      <ul>
        {joint.holders.map((holder) => (
          <li key={holder.id}>{holder.id === party?.id ? t('joint.own', { office: holder.name }) : holder.name}</li>
        ))}
      </ul>
      {opens && <OpenTogether {...form} needed={joint.needed} />}
      {!opens && joint.holders.some((holder) => holder.id === party?.id) && (
        <GiveShare caseId={view.id} item={id} joint={joint} />
      )}
    </>
  );
}

interface Props {
  readonly needed: number;
  readonly busy: boolean;
  readonly step: string | undefined;
  readonly onAsk: (asked: Asked, shares: readonly File[]) => void;
}

/** The receiver's part: its own share comes with its passphrase, the others' in files. */
function OpenTogether({ needed, busy, step, onAsk }: Props) {
  const { t } = useWords();
  const [shares, setShares] = useState<File[]>([]);
  return (
    <section className="stack reading">
      <h2>{t('joint.open')}</h2>
      <OpenForm
        lead={t('joint.open.lead', { others: needed - 1 })}
        consequence={t('open.consequence')}
        submit={t('open.submit')}
        withReason
        ready={shares.length > 0}
        busy={busy}
        step={step}
        onAsk={(asked) => onAsk(asked, shares)}
      >
        <FileInput
          label={t('joint.shares')}
          description={t('joint.shares.help')}
          multiple
          value={shares}
          onChange={setShares}
          required
        />
      </OpenForm>
    </section>
  );
}

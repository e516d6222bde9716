import type { CaseView, MoveView } from '@comity/node/api';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { DraftedMove, useMoveDraft } from '../case/MoveForm.tsx';
import { PaperForm } from './PaperForm.tsx';
import { ReasonsNote } from './ReasonsNote.tsx';
import { Rekey } from './Rekey.tsx';
import { NOTHING_KEYED, saysOf, wantedFor } from './rekey.ts';
import { isCode, sheetCode } from './sheetCode.ts';

interface Props {
  readonly view: CaseView;
  readonly move: MoveView;
  readonly onDone: () => void;
}

/** The decision itself: on the screen a form whose half is kept, on paper the same to fill in by hand. */
export function Signing({ view, move, onDone }: Props) {
  const { t, term } = useWords();
  const { person, party } = useOwn();
  const draft = useMoveDraft(view.id, move.type);
  const [rekeyed, setRekeyed] = useState(NOTHING_KEYED);
  const [stopped, setStopped] = useState(false);
  if (!draft.ready) return null;
  const wanted = wantedFor(view, move, {
    ...(party === undefined ? {} : { party: party.id }),
    ...(person === undefined ? {} : { person: person.id }),
  });
  const says = saysOf(wanted, rekeyed);
  const stop = (): void => {
    setStopped(true);
    document.getElementById('rekey')?.focus();
  };
  const note = (
    <>
      <ReasonsNote view={view} move={move} draft={draft} />
      <Rekey wanted={wanted} rekeyed={rekeyed} stopped={stopped} onChange={setRekeyed} />
      <FromPaper view={view} />
      <p className="small">
        {t('decide.signature', { person: person?.name ?? '', role: term(`role.${move.role}`), office: party?.name ?? '' })}
      </p>
    </>
  );
  return (
    <>
      <div className="no-print">
        <DraftedMove view={view} move={move} onDone={onDone} draft={draft} note={note} also={says ?? null} onStopped={stop} />
      </div>
      <PaperForm view={view} move={move} draft={draft.value} />
    </>
  );
}

/** Whoever keys in what was decided on paper sees whether the paper is about the case as it stands. */
function FromPaper({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const [keyed, setKeyed] = useState('');
  const says = keyed.trim() === '' ? '' : t(isCode(keyed, sheetCode(view)) ? 'decide.paper.same' : 'decide.paper.other');
  return (
    <details>
      <summary>{t('decide.paper')}</summary>
      <TextInput
        label={t('decide.paper.code')}
        description={t('decide.paper.help')}
        value={keyed}
        onChange={(event) => setKeyed(event.currentTarget.value)}
        maw={320}
        dir="ltr"
        autoComplete="off"
      />
      <p role="status">{says}</p>
    </details>
  );
}

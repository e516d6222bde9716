import type { Change, Verdict } from '@comity/assess';
import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { alternativesTo, type Transfer } from '../../api/law.ts';
import type { Draft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { WayList } from '../../things/WayList.tsx';
import { useWords } from '../../words/useWords.ts';
import { type AskDraft, needsElsewhere } from './askDraft.ts';

interface Props {
  readonly transfer: Transfer;
  readonly verdict: Verdict;
  readonly draft: Draft<AskDraft>;
  readonly onTry: (changes: readonly Change[]) => void;
}

/** Not this way, but this way. Each way can be tried: then everything above is asked again. */
export function Instead({ transfer, verdict, draft, onTry }: Props) {
  const { t } = useWords();
  const stuck = verdict !== 'free' && verdict !== 'conditional';
  const { data, error } = useQuery({ ...alternativesTo(transfer), enabled: stuck, retry: false });
  if (!stuck) return null;
  return (
    <section className="section" aria-labelledby="ways">
      <h2 id="ways">{t('ask.instead')}</h2>
      <Elsewhere draft={draft} />
      {error !== null && <Problem error={error} />}
      {error === null && data === undefined && <Loading what={t('ask.instead.waiting')} />}
      {data !== undefined && (
        <WayList
          found={data}
          action={(way) => (
            <button type="button" className="plain linked" onClick={() => onTry(way.changes)}>
              {t('ask.try')}
            </button>
          )}
        />
      )}
    </section>
  );
}

/** What is taken for granted of an importer elsewhere, said aloud and to be switched off. */
export function Elsewhere({ draft }: { readonly draft: Draft<AskDraft> }) {
  const { t } = useWords();
  if (!needsElsewhere(draft.value.facts)) return null;
  return (
    <Checkbox
      className="elsewhere"
      checked={draft.value.elsewhere}
      onChange={(event) => draft.set({ ...draft.value, elsewhere: event.currentTarget.checked })}
      label={t('ask.elsewhere')}
      description={t('ask.elsewhere.help')}
    />
  );
}

import { isJsonObject, type Json, type JsonObject } from '@comity/core';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { impactOf, libraryHeads, packText } from '../../api/law.ts';
import { nodeNow } from '../../api/now.ts';
import { DraftNote } from '../../drafts/DraftNote.tsx';
import { useDraft } from '../../drafts/useDraft.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useWords } from '../../words/useWords.ts';
import { EditForm } from './EditForm.tsx';
import { EditList } from './EditList.tsx';
import { ImpactReport } from './ImpactReport.tsx';
import { PasteForm } from './PasteForm.tsx';
import { NO_CHANGE, readLawDraft, withEdits } from './packDraft.ts';
import '../law/law.css';
import './change.css';

/** Change of law: draft what a law might become, and see what that does to everything that runs here. Nothing is changed. */
export function ChangePage() {
  const { t, term, has } = useWords();
  const { data, error } = useQuery(libraryHeads);
  const { pack = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const head = data.find(({ id }) => id === pack);
  const options = data.map(({ id, title }) => ({ value: id, label: has(`regime.${id}`) ? term(`regime.${id}`) : title }));
  return (
    <>
      <p className="small">
        <Link to="/law">{t('law.back')}</Link>
      </p>
      <h1>{t('change.title')}</h1>
      <p>{t('change.lead')}</p>
      <NativeSelect
        className="which"
        label={t('change.which')}
        value={pack}
        onChange={(event) => {
          const id = event.currentTarget.value;
          void navigate({ to: '.', search: (before) => ({ ...before, pack: id }), resetScroll: false });
        }}
        data={[{ value: '', label: t('choose') }, ...options]}
      />
      {head !== undefined && <Drafting key={head.sha256} id={head.id} sha256={head.sha256} />}
    </>
  );
}

function Drafting({ id, sha256 }: { readonly id: string; readonly sha256: string }) {
  const { data, error } = useQuery(packText(sha256));
  if (error !== null) return <Problem error={error} />;
  // Parser: the node keeps no pack that is not an object.
  return isJsonObject(data) ? <Draft id={id} pack={data} /> : <Loading />;
}

function Draft({ id, pack }: { readonly id: string; readonly pack: JsonObject }) {
  const { t } = useWords();
  const draft = useDraft(`law.${id}`, NO_CHANGE, readLawDraft);
  const [on, setOn] = useState(() => new Date(nodeNow()).toISOString().slice(0, 10));
  const impact = useMutation({ mutationFn: (fresh: Json) => impactOf(fresh, on) });
  if (!draft.ready) return <Loading />;
  const { edits, text } = draft.value;
  const set = (next: Partial<typeof draft.value>): void => {
    impact.reset();
    draft.set({ ...draft.value, ...next });
  };
  const pasted = text.trim() === '' ? undefined : parsed(text);
  const fresh = text.trim() === '' ? withEdits(pack, edits) : pasted;
  const changes = text.trim() !== '' || edits.length > 0;
  return (
    <>
      <section className="section" aria-labelledby="draft">
        <h2 id="draft">{t('change.draft')}</h2>
        <EditList edits={edits} onDrop={(at) => set({ edits: edits.filter((_, i) => i !== at) })} />
        <EditForm pack={withEdits(pack, edits)} onAdd={(edit) => set({ edits: [...edits, edit] })} />
        <PasteForm text={text} wrong={text.trim() !== '' && pasted === undefined} onText={(next) => set({ text: next })} />
        <DraftNote draft={draft} />
      </section>
      <section className="section" aria-labelledby="impact">
        <h2 id="impact">{t('change.impact')}</h2>
        <p>{t('change.impact.lead')}</p>
        <div className="row try">
          <TextInput
            type="date"
            label={t('change.on')}
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
            dir="ltr"
          />
          <Button
            disabled={!changes || fresh === undefined}
            loading={impact.isPending}
            onClick={() => fresh !== undefined && impact.mutate(fresh)}
          >
            {t('change.try')}
          </Button>
        </div>
        {!changes && <p className="quiet">{t('change.nothing')}</p>}
        <Problem error={impact.error} kept />
        {impact.error !== null && <Fault error={impact.error} />}
        {impact.data !== undefined && <ImpactReport impact={impact.data} />}
      </section>
    </>
  );
}

/** The reason word with which the reader of packs refuses, with what it met. */
function Fault({ error }: { readonly error: unknown }) {
  const values = error !== null && typeof error === 'object' && 'problem' in error ? error.problem : undefined;
  const found = isJsonObject(values) && isJsonObject(values['values']) ? values['values'] : {};
  return (
    <p className="mono small" dir="ltr">
      {[found['reason'], found['given']].filter((one) => one !== undefined).join(': ')}
    </p>
  );
}

function parsed(text: string): Json | undefined {
  try {
    // Parser: the node reads the pack; here it only has to be JSON.
    return JSON.parse(text) as Json;
  } catch {
    // Half-typed JSON is the usual state of a text that somebody writes.
    return undefined;
  }
}

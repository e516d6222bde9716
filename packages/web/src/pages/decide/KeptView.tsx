import { isJsonObject } from '@comity/core';
import type { CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { Refusal } from '../../api/client.ts';
import { caseOf } from '../../api/queries.ts';
import { dropDraft, findDraft, keepDraft } from '../../drafts/vault.ts';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';

/** As long as a stated reason opens a case: what is kept is not read for longer. */
const HOURS = 8;

interface Kept {
  readonly at: number;
  readonly view: CaseView;
}

/** A case to decide on, also while the network is away: with its owner's leave it is kept on this computer, encrypted, for as long as the stated reason holds, and shows how old it is. */
export function KeptView({ children }: { readonly children: (view: CaseView, kept: number | undefined) => ReactNode }) {
  const id = useParams({ strict: false, select: (params) => params.id }) ?? '';
  const { data, error } = useQuery(caseOf(id));
  const [kept, forget] = useKept(id);
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  const away = error instanceof Refusal && error.problem.code === 'unreachable';
  const shown = away && data === undefined ? kept?.view : data;
  if (shown === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return (
    <>
      {away && <Age at={kept?.at} />}
      <Keep id={id} view={shown} kept={kept?.at} onForget={forget} />
      {children(shown, away ? (kept?.at ?? Date.now()) : undefined)}
    </>
  );
}

function useKept(id: string) {
  const [kept, setKept] = useState<Kept>();
  useEffect(() => {
    void findDraft(`sheet.${id}`).then((found) => {
      const read = readKept(found);
      if (read === undefined) dropDraft(`sheet.${id}`);
      else setKept(read);
    });
  }, [id]);
  const set = (next: Kept | undefined): void => setKept(next);
  return [kept, set] as const;
}

function readKept(found: unknown): Kept | undefined {
  if (!isJsonObject(found) || typeof found['at'] !== 'number' || !isJsonObject(found['view'])) return undefined;
  // Parser: this page kept what the node had given; it opens only with this browser's own key.
  return Date.now() - found['at'] < HOURS * 3_600_000 ? (found as unknown as Kept) : undefined;
}

function Age({ at }: { readonly at: number | undefined }) {
  const { t } = useWords();
  const { zone } = useOwn();
  return (
    <p className="consequence" role="status">
      {t('decide.offline')} {at !== undefined && <Moment at={new Date(at).toISOString()} zone={zone} />}
    </p>
  );
}

interface KeepProps {
  readonly id: string;
  readonly view: CaseView;
  readonly kept: number | undefined;
  readonly onForget: (kept: Kept | undefined) => void;
}

function Keep({ id, view, kept, onForget }: KeepProps) {
  const { t } = useWords();
  const keep = async (): Promise<void> => {
    const next = { at: Date.now(), view };
    await keepDraft(`sheet.${id}`, next);
    onForget(next);
  };
  const drop = (): void => {
    dropDraft(`sheet.${id}`);
    onForget(undefined);
  };
  return (
    <p className="row small no-print">
      <button type="button" className="plain linked" onClick={() => print()}>
        {t('decide.print')}
      </button>
      <button type="button" className="plain linked" onClick={() => (kept === undefined ? void keep() : drop())}>
        {t(kept === undefined ? 'decide.keep' : 'decide.forget')}
      </button>
      {kept === undefined && <span className="quiet">{t('decide.keep.help', { hours: HOURS })}</span>}
    </p>
  );
}

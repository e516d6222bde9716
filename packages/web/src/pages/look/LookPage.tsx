import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gated } from '../../things/Gated.tsx';
import { shortId } from '../../things/shortId.ts';
import { useWords } from '../../words/useWords.ts';
import { useWatermark } from '../open/useWatermark.ts';
import '../open/opened.css';
import { type Looking, OpenMany } from './OpenMany.tsx';
import { Workbench } from './Workbench.tsx';
import './look.css';

/** Looking into what was delivered: opened on this machine, kept in the page's memory, and gone with the page. Each look is logged with its reason before it shows anything. */
export function LookPage() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const [looking, setLooking] = useState<Looking>();
  return (
    <>
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('look.title', { case: shortId(view.id) })}</h1>
      {looking === undefined ? <OpenMany view={view} onOpened={setLooking} /> : <Marked view={view} looking={looking} />}
    </>
  );
}

function Marked({ view, looking }: { readonly view: CaseView; readonly looking: Looking }) {
  const mark = useWatermark({ at: looking.at, caseId: view.id });
  return (
    <div className="delivered">
      <p className="watermark first">{mark}</p>
      <Workbench view={view} looking={looking} />
      <p className="watermark last">{mark}</p>
    </div>
  );
}

import { isJsonObject } from '@comity/core';
import type { ActView, CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { Gated } from '../../things/Gated.tsx';
import { Moment } from '../../things/Moment.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Status } from '../case/Status.tsx';
import { lineDiff } from './lineDiff.ts';
import { TalkForm } from './TalkForm.tsx';
import '../../things/timeline.css';
import './drafting.css';

/** A draft that is shown to the other authority before anything is sent: each version with what changed, what the other side said to it, and the next word. */
export function DraftRoom() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const talk = view.acts.filter(
    (act) => act.verdict === 'counted' && (act.type === 'share-draft' || act.type === 'comment-draft'),
  );
  const drafts = talk.filter(({ type }) => type === 'share-draft');
  return (
    <article className="reading">
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <Status view={view} />
      <h2>{t('drafting.title')}</h2>
      <p>{t('drafting.lead')}</p>
      {talk.length === 0 && <p className="quiet">{t('drafting.none')}</p>}
      <ol className="talk">
        {talk.map((act) => (
          <Word
            key={act.digest}
            act={act}
            view={view}
            before={drafts[drafts.indexOf(act) - 1]}
            number={drafts.indexOf(act) + 1}
          />
        ))}
      </ol>
      <TalkForm view={view} latest={textOf(drafts.at(-1), 'draft')} />
    </article>
  );
}

interface WordProps {
  readonly act: ActView;
  readonly view: CaseView;
  /** The version before, of a draft. */
  readonly before: ActView | undefined;
  readonly number: number;
}

function Word({ act, view, before, number }: WordProps) {
  const { t } = useWords();
  const { zone } = useOwn();
  const isDraft = act.type === 'share-draft';
  const text = textOf(act, isDraft ? 'draft' : 'comment');
  return (
    <li className={isDraft ? 'version' : 'comment'}>
      <p className="small quiet">
        {isDraft ? t('drafting.version', { number }) : t('drafting.comment')} <bdi>{nameOf(view.parties, act.party)}</bdi>
        {t('comma')}
        <Moment at={act.at} zone={zone} />
      </p>
      {text === undefined ? (
        <p className="quiet">{t('withheld')}</p>
      ) : isDraft && before !== undefined ? (
        <Changed before={textOf(before, 'draft') ?? ''} after={text} />
      ) : (
        <p className="freetext" dir="auto">
          {text}
        </p>
      )}
    </li>
  );
}

/** A version against the one before: what was taken out and put in is marked by a word, a line and a colour. */
function Changed({ before, after }: { readonly before: string; readonly after: string }) {
  const { t } = useWords();
  return (
    <div className="changed" dir="auto">
      {lineDiff(before, after).map(({ kind, text }, index) => {
        if (kind === 'same') {
          // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their place
          return <p key={index}>{text}</p>;
        }
        const Mark = kind === 'added' ? 'ins' : 'del';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines keep their place
          <p key={index}>
            <span className="unseen">{t(kind === 'added' ? 'drafting.added' : 'drafting.removed')} </span>
            <Mark>{text}</Mark>
          </p>
        );
      })}
    </div>
  );
}

function textOf(act: ActView | undefined, section: string): string | undefined {
  const value = act?.sections[section];
  const text = isJsonObject(value) ? value['text'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

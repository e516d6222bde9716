import type { CaseView } from '@comity/node/api';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type WrittenNotice, writeNotice } from '../../api/letters.ts';
import { useDraft } from '../../drafts/useDraft.ts';
import { Basis } from '../../things/Basis.tsx';
import { Gated } from '../../things/Gated.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Moment } from '../../things/Moment.tsx';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { NoticeForm } from './NoticeForm.tsx';
import { NoticePreview } from './NoticePreview.tsx';
import { delayOf, EMPTY_NOTICE, readNotice, sentLetter, wishOf } from './noticeDraft.ts';
import { SentLetter } from './SentLetter.tsx';
import './letters.css';

/** The letter to the person whose data were asked for: written, looked at, printed, and then said to go out. */
export function NoticePage() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const move = view.moves.find(({ type }) => type === 'inform-person');
  const sent = sentLetter(view);
  return (
    <article className="letter-page">
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('notice.title')}</h1>
      <p>{t('notice.lead')}</p>
      <p>
        <Basis cite={move?.cite} />
      </p>
      {sent !== undefined && <SentLetter view={view} sent={sent} />}
      {sent === undefined && move === undefined && <p>{t('notice.not-here')}</p>}
      {sent === undefined && move !== undefined && (
        <>
          <Later view={view} />
          <Writing view={view} />
        </>
      )}
    </article>
  );
}

/** That the person may be told later, for reasons and until a day; or that this was decided. */
function Later({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const delay = delayOf(view);
  const may = view.moves.some(({ type, refusal }) => type === 'delay-notice' && refusal === undefined);
  return (
    <>
      {delay !== undefined && (
        <p className="consequence">
          {t('notice.delayed')} <Moment at={delay.again} zone={zone} />. <bdi>{delay.reason}</bdi>
        </p>
      )}
      {may && (
        <p>
          <Link to="/cases/$id" params={{ id: view.id }} search={{ move: 'delay-notice' }} hash="act">
            {t('notice.delay')}
          </Link>{' '}
          <span className="small quiet">{t('notice.delay.help')}</span>
        </p>
      )}
      <p>
        <Link to="/cases/$id" params={{ id: view.id }} search={{ move: 'inform-person' }} hash="act">
          {t('notice.otherwise')}
        </Link>
      </p>
    </>
  );
}

function Writing({ view }: { readonly view: CaseView }) {
  const { person } = useOwn();
  const start = { ...EMPTY_NOTICE, delay: delayOf(view)?.reason ?? '' };
  const draft = useDraft(`notice.${view.id}.${person?.id}`, start, readNotice);
  const [written, setWritten] = useState<WrittenNotice>();
  const writing = useMutation({ mutationFn: (wish: NonNullable<ReturnType<typeof wishOf>>) => writeNotice(view.id, wish) });
  if (!draft.ready) return <Loading />;
  const preview = async (): Promise<void> => {
    const wish = wishOf(draft.value);
    if (wish !== undefined) setWritten(await writing.mutateAsync(wish));
  };
  return (
    <>
      <Problem error={writing.error} kept />
      <NoticeForm
        view={view}
        draft={draft}
        busy={writing.isPending}
        // What was looked at is not what would be written now.
        onEdit={() => setWritten(undefined)}
        onPreview={() => void preview().catch(() => undefined)}
      />
      {written !== undefined && <NoticePreview view={view} written={written} onSent={draft.drop} />}
    </>
  );
}

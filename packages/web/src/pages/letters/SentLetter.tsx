import { isJsonObject } from '@comity/core';
import type { CaseView } from '@comity/node/api';
import type { WrittenNotice } from '../../api/letters.ts';
import { Moment } from '../../things/Moment.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { CodeNote, PdfButton } from './NoticePreview.tsx';
import type { sentLetter } from './noticeDraft.ts';

/** That a letter went out: when, its code, and the same letter to be printed again. */
export function SentLetter({
  view,
  sent,
}: {
  readonly view: CaseView;
  readonly sent: NonNullable<ReturnType<typeof sentLetter>>;
}) {
  const { t } = useWords();
  const { zone } = useOwn();
  const kept = sent.act.sections['letter'];
  // Parser: the section holds the letter as this page sent it; the node checks it again before it is printed.
  const document = isJsonObject(kept) ? (kept as unknown as WrittenNotice['document']) : undefined;
  return (
    <section role="status">
      <p>
        <strong>{t('notice.sent')}</strong> <Moment at={sent.act.at} zone={zone} />
      </p>
      {document !== undefined && <CodeNote digest={sent.digest} check={document.check} />}
      {document === undefined ? (
        <p className="quiet">{t('notice.sent.gone')}</p>
      ) : (
        <PdfButton caseId={view.id} document={document} />
      )}
    </section>
  );
}

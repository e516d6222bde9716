import { isJsonObject } from '@comity/core';
import { noticeCode } from '@comity/formats/letters/document';
import type { CaseView } from '@comity/node/api';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { printNotice, type WrittenNotice } from '../../api/letters.ts';
import { useAct } from '../../api/queries.ts';
import { Digest } from '../../things/Digest.tsx';
import { Problem } from '../../things/Problem.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { saveFile } from '../../things/saveFile.ts';
import { directionOf } from '../../words/language.ts';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly view: CaseView;
  readonly written: WrittenNotice;
  readonly onSent: () => void;
}

/** The letter as it was written, word for word; as PDF where it can be set; its code, and what that opens; and the act that says it goes out. */
export function NoticePreview({ view, written, onSent }: Props) {
  const { t, term } = useWords();
  const act = useAct(view.id);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { document, digest, text } = written;
  const refusal = view.moves.find(({ type }) => type === 'inform-person')?.refusal;
  const because = refusal?.values?.['because'];
  const send = async (): Promise<void> => {
    // The round trip proves that it is plain JSON, as an act's section has to be.
    const letter: unknown = JSON.parse(JSON.stringify(document));
    if (!isJsonObject(letter)) return;
    const { language } = document;
    await act.mutateAsync({ type: 'inform-person', data: { letter: digest, language }, sections: { letter } });
    onSent();
  };
  return (
    <section className="section" aria-labelledby="preview">
      <h2 id="preview" ref={title} tabIndex={-1}>
        {t('notice.written')}
      </h2>
      <Scroll className="letter-text" label={t('notice.written')}>
        <pre lang={document.language} dir={directionOf(document.language)} translate="no">
          {text}
        </pre>
      </Scroll>
      <CodeNote digest={digest} check={document.check} />
      <PdfButton caseId={view.id} document={document} />
      <div className="no-print">
        <Problem error={act.error} kept />
        {refusal === undefined ? (
          <>
            <p className="consequence">{t('notice.send.then')}</p>
            <Button onClick={() => void send().catch(() => undefined)} loading={act.isPending}>
              {t('notice.send')}
            </Button>
          </>
        ) : (
          <p className="consequence">
            {t('notice.send.not')} {typeof because === 'string' ? term(`because.${because}`) : term(`error.${refusal.code}`)}
          </p>
        )}
      </div>
    </section>
  );
}

/** The code by which anybody can ask whether the letter is genuine, and what they are told. */
export function CodeNote({ digest, check }: { readonly digest: string; readonly check: string }) {
  const { t } = useWords();
  return (
    <dl className="facts">
      <dt>{t('notice.code')}</dt>
      <dd>
        <bdi className="mono" dir="ltr">
          {noticeCode(digest)}
        </bdi>
        <p className="small">
          {t('notice.code.opens')}{' '}
          <bdi className="mono" dir="ltr">
            {check}
          </bdi>
        </p>
      </dd>
      <dt>{t('notice.digest')}</dt>
      <dd>
        <Digest value={digest} />
      </dd>
    </dl>
  );
}

export function PdfButton({ caseId, document }: { readonly caseId: string; readonly document: WrittenNotice['document'] }) {
  const { t } = useWords();
  const printing = useMutation({
    mutationFn: () => printNotice(caseId, document),
    onSuccess: (blob) => saveFile(blob, `notice-${document.language}.pdf`),
  });
  return (
    <div className="no-print">
      <Problem error={printing.error} />
      <p>
        <Button variant="default" onClick={() => printing.mutate()} loading={printing.isPending}>
          {t('notice.pdf')}
        </Button>
      </p>
    </div>
  );
}

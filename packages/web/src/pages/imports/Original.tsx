import type { ImportView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { originalPath, originalText } from '../../api/imports.ts';
import { Problem } from '../../things/Problem.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { piecesOf } from './outside.ts';

/** The original as it came: text is shown as text and nothing in it is run or fetched; a PDF is saved, and opened elsewhere. */
export function Original({ view }: { readonly view: ImportView }) {
  const { t } = useWords();
  const { draft, kind } = view;
  return (
    <section aria-labelledby="original">
      <h2 id="original">{t('import.original')}</h2>
      {draft === null && <p className="consequence">{t('import.erased')}</p>}
      {draft?.text !== undefined && <Text draft={draft} />}
      {draft !== null && draft.text === undefined && kind === 'hi1' && <Message id={view.id} />}
      {draft?.readable === false && <p>{t('import.type-it')}</p>}
      {draft !== null && (
        <p className="no-print">
          <a href={originalPath(view.id)} download>
            {t('import.save')}
          </a>{' '}
          <span className="small quiet">{t('import.save.check')}</span>
        </p>
      )}
      {draft !== null && (
        <p className="small">
          SHA-256{' '}
          <bdi className="mono whole-hash" dir="ltr">
            {view.sha256}
          </bdi>
        </p>
      )}
    </section>
  );
}

function Text({ draft }: { readonly draft: NonNullable<ImportView['draft']> }) {
  const { t } = useWords();
  return (
    <Scroll className="outside-text" label={t('import.original')}>
      <pre dir="auto" translate="no">
        {piecesOf(draft).map(({ text, from, marked }) =>
          marked ? (
            <mark key={from} id={`place-${from}`} tabIndex={-1}>
              {text}
            </mark>
          ) : (
            <span key={from}>{text}</span>
          ),
        )}
      </pre>
    </Scroll>
  );
}

/** A message of another system, as it was sent. */
function Message({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { data, error } = useQuery(originalText(id));
  if (data === undefined) return <Problem error={error} />;
  return (
    <Scroll className="outside-text" label={t('import.original')}>
      <pre dir="ltr" translate="no">
        {data}
      </pre>
    </Scroll>
  );
}

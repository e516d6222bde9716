import { useMemo } from 'react';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import type { Shown } from './FileView.tsx';

/** A text as it is written; nothing in it is run or fetched. */
export function TextView({ bytes, whole }: Shown) {
  const { t } = useWords();
  const text = useMemo(() => new TextDecoder().decode(bytes), [bytes]);
  return (
    <>
      <p role="status">{t('open.text.done', { lines: text.split('\n').length })}</p>
      <Scroll className="opened" label={t('open.text')}>
        <pre dir="auto">{text}</pre>
      </Scroll>
      {!whole && <p className="quiet">{t('open.part')}</p>}
    </>
  );
}

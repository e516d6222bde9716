import { qrCode, qrPath } from '@comity/formats/qr';
import type { CaseView } from '@comity/node/api';
import { useMemo } from 'react';
import { shortId } from '../../things/shortId.ts';
import { useWords } from '../../words/useWords.ts';
import { sheetCode, shortCode } from './sheetCode.ts';

/** The hash of the sheet, for people and for machines: in words on the screen, with its picture on paper. */
export function SheetCode({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const code = sheetCode(view);
  const rows = useMemo(() => qrCode(`COMITY:${code.toUpperCase()}`), [code]);
  return (
    <div className="sheet-code">
      <svg
        viewBox={`-4 -4 ${rows.length + 8} ${rows.length + 8}`}
        role="img"
        aria-label={t('decide.code.picture', { code: shortCode(code) })}
      >
        <path d={qrPath(rows)} />
      </svg>
      <p className="small">
        {t('decide.code', { case: shortId(view.id) })} <bdi className="mono code">{shortCode(code)}</bdi>
        <br />
        <bdi className="mono whole-code">{code}</bdi>
      </p>
    </div>
  );
}

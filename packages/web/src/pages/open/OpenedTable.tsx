import { useMemo } from 'react';
import { Digest } from '../../things/Digest.tsx';
import { Scroll } from '../../things/Scroll.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { momentIn } from '../../words/when.ts';
import { readCsv } from './readCsv.ts';
import './opened.css';

/** As many rows as a person can look through; the count says how many there are. */
const SHOWN = 500;

interface Props {
  readonly text: string;
  readonly at: string;
  readonly caseId: string;
  readonly digest: string;
}

/** What was delivered, under a line that says who opened it and when: on the screen and on every print. */
export function OpenedTable({ text, at, caseId, digest }: Props) {
  const { t, locale } = useWords();
  const { person, party, zone } = useOwn();
  const [head = [], ...rows] = useMemo(() => readCsv(text), [text]);
  const mark = t('open.watermark', {
    person: person?.name ?? '',
    party: party?.name ?? '',
    time: momentIn(at, zone, locale),
    case: shortId(caseId),
  });
  return (
    <>
      <p role="status">{t('open.done', { rows: rows.length, columns: head.length })}</p>
      <p className="small quiet">
        {t('open.checked')} <Digest value={digest} />
      </p>
      <p className="watermark">{mark}</p>
      <Scroll className="opened" label={t('open.table')} dir="ltr">
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  <bdi className="mono">{name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their place for as long as they are shown
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={head[column] ?? column}>
                    <bdi>{cell}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {rows.length > SHOWN && <p className="quiet">{t('open.more', { shown: SHOWN, rows: rows.length })}</p>}
      <p className="watermark">{mark}</p>
    </>
  );
}

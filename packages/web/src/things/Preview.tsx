import type { PreviewView } from '@comity/node/api';
import { useWords } from '../words/useWords.ts';
import { Digest } from './Digest.tsx';
import { Scroll } from './Scroll.tsx';
import './preview.css';

/** Kept and left-out rows and columns with counts and reasons, and a masked sample: what a person approves before sealing. */
export function Preview({ preview }: { readonly preview: PreviewView }) {
  const { t, term, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const dropped = Object.entries(preview.rowsDropped).filter(([, count]) => count > 0);
  return (
    <div className="preview">
      <p className="lead">
        {t('preview.summary', {
          kept: preview.rowsKept,
          total: preview.rowsTotal,
          columns: preview.columnsKept.length,
          all: preview.columnsKept.length + preview.columnsDropped.length,
        })}
      </p>
      <section className="section two" aria-label={t('preview.rows.title')}>
        <table>
          <caption>{t('preview.rows.title')}</caption>
          <tbody>
            <tr>
              <th scope="row">{t('preview.kept')}</th>
              <td className="number">
                <strong>{number.format(preview.rowsKept)}</strong>
              </td>
            </tr>
            {dropped.map(([reason, count]) => (
              <tr key={reason}>
                <th scope="row">
                  {t('preview.left')}: {term(`reason.${reason}`)}
                </th>
                <td className="number">{number.format(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <dl className="facts small">
          <dt>{t('preview.dataset')}</dt>
          <dd>
            <bdi className="mono">{preview.dataset}</bdi>
          </dd>
          <dt>{t('preview.digest')}</dt>
          <dd>
            <Digest value={preview.previewDigest} />
          </dd>
        </dl>
      </section>
      <Columns preview={preview} />
      <Sample preview={preview} />
    </div>
  );
}

function Columns({ preview }: { readonly preview: PreviewView }) {
  const { t, term } = useWords();
  return (
    <section className="section two" aria-label={t('preview.columns')}>
      <table>
        <caption>{t('preview.columns.kept', { n: preview.columnsKept.length })}</caption>
        <tbody>
          {preview.columnsKept.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <bdi className="mono">{column.name}</bdi>
              </th>
              <td>
                {term(`reason.${column.reason}`)}
                {column.transform !== 'keep' && <span className="quiet">, {term(`transform.${column.transform}`)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{t('preview.columns.left', { n: preview.columnsDropped.length })}</caption>
        <tbody>
          {preview.columnsDropped.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <bdi className="mono">{column.name}</bdi>
              </th>
              <td>{term(`reason.${column.reason}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Sample({ preview }: { readonly preview: PreviewView }) {
  const { t, term } = useWords();
  if (preview.sample.length === 0) return null;
  return (
    <section className="section" aria-label={t('preview.sample')}>
      <Scroll label={t('preview.sample')}>
        <table className="sample">
          <caption>{t('preview.sample')}</caption>
          <thead>
            <tr>
              {preview.columnsKept.map((column) => (
                <th key={column.name} scope="col">
                  <bdi className="mono">{column.name}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.sample.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: masked rows have no identity, by design
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={preview.columnsKept[at]?.name ?? at}>
                    <Masked cell={cell} term={term} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** A masked cell: its first character and dots, or what kind of value stands there. */
function Masked({ cell, term }: { readonly cell: unknown; readonly term: (key: string) => string }) {
  const masked = typeof cell === 'object' && cell !== null && 'kind' in cell ? cell : undefined;
  const shown = masked !== undefined && 'shown' in masked && typeof masked.shown === 'string' ? masked.shown : '';
  return shown === '' ? (
    <span className="quiet small">{term(`cell.${String(masked?.kind)}`)}</span>
  ) : (
    <bdi className="mono">{shown}</bdi>
  );
}

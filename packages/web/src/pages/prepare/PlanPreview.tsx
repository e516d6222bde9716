import type { PreparePreview } from '@comity/node/api';
import { Scroll } from '../../things/Scroll.tsx';
import { useWords } from '../../words/useWords.ts';
import { useNumber } from './figures.ts';

type Shown = Extract<PreparePreview, { kind: 'minimise' }>;

/** What would leave: how many rows and columns, what stays and why, and a few masked rows. Nothing has left. */
export function PlanPreview({ preview, stale }: { readonly preview: Shown; readonly stale: boolean }) {
  const { t, term } = useWords();
  const number = useNumber(0);
  const dropped = Object.entries(preview.rowsDropped).filter(([, count]) => count > 0);
  const none = preview.items.filter(({ rows }) => rows === 0).length;
  return (
    <div className="wide plan-preview" aria-busy={stale}>
      <p className="lead" role="status">
        {t('plan.preview', {
          kept: number(preview.rowsKept),
          total: number(preview.rowsTotal),
          columns: preview.columnsKept.length,
          all: preview.columnsKept.length + preview.columnsDropped.length,
        })}
      </p>
      {dropped.length > 0 && (
        <ul className="small">
          {dropped.map(([reason, count]) => (
            <li key={reason}>
              {t('plan.preview.stay', { count: number(count) })} {term(`reason.${reason}`)}
            </li>
          ))}
        </ul>
      )}
      {none > 0 && <p className="consequence">{t('plan.preview.none', { n: none })}</p>}
      {preview.sample.length > 0 && (
        <Scroll label={t('plan.preview.sample')}>
          <table className="sample">
            <caption>{t('plan.preview.sample')}</caption>
            <thead>
              <tr>
                {preview.columnsKept.map(({ name, transform }) => (
                  <th key={name} scope="col">
                    <bdi className="mono">{name}</bdi>
                    {transform !== 'keep' && <div className="small quiet">{term(`transform.${transform}`)}</div>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {preview.sample.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: masked rows have no identity, by design
                <tr key={index}>
                  {row.map(({ kind, shown }, at) => (
                    <td key={preview.columnsKept[at]?.name ?? at}>
                      {shown === '' ? (
                        <span className="quiet small">{term(`cell.${kind}`)}</span>
                      ) : (
                        <bdi className="mono">{shown}</bdi>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );
}

import type { HierarchyView, OwnReport } from '@comity/node/api';
import { useWords } from '../../words/useWords.ts';
import { useNumber, usePercent } from './figures.ts';

/** What somebody's own plan came to: how coarse each column became, how many look alike now, what stayed behind. */
export function OwnResult({ report }: { readonly report: OwnReport }) {
  const { t } = useWords();
  const [number, percent] = [useNumber(0), usePercent()];
  const far = useNumber(2);
  const sayLevel = useLevel();
  const { levels, risk, suppressed } = report;
  if (risk === null) return null;
  return (
    <>
      <dl className="facts">
        {levels.map(({ name, level, hierarchy }) => (
          <div key={name} className="pair">
            <dt>
              <bdi className="mono">{name}</bdi>
            </dt>
            <dd>{sayLevel(hierarchy, level)}</dd>
          </div>
        ))}
      </dl>
      {risk.k !== null && <p>{t('own.result.k', { k: number(risk.k), percent: percent(risk.highest) })}</p>}
      {risk.sensitive.map(({ column, distinct, t: distance }) => (
        <p key={column}>{t('own.result.sensitive', { column, distinct: number(distinct), distance: far(distance) })}</p>
      ))}
      {suppressed > 0 && <p>{t('own.result.suppressed', { n: suppressed })}</p>}
    </>
  );
}

/** A level in words. */
function useLevel(): (hierarchy: HierarchyView, level: number) => string {
  const { t } = useWords();
  const number = useNumber(0);
  return (hierarchy, level) => {
    if (level === 0) return t('own.level.as-it-is');
    switch (hierarchy.kind) {
      case 'number': {
        const width = hierarchy.widths[level - 1];
        return width === undefined ? t('own.level.top') : t('own.level.number', { width: number(width) });
      }
      case 'prefix': {
        const length = hierarchy.lengths[level - 1];
        return length === undefined ? t('own.level.top') : t('own.level.prefix', { n: length });
      }
      case 'date': {
        const unit = (['month', 'year', 'decade'] as const)[level - 1];
        return unit === undefined ? t('own.level.top') : t(`own.level.${unit}`);
      }
      case 'table':
        return level >= (hierarchy.rows[0]?.length ?? 1) ? t('own.level.top') : t('own.level.table', { level });
      default:
        return t('own.level.top');
    }
  };
}

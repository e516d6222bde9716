import type { MinimisePreview, MinimiseReport } from '@comity/prepare/minimise';
import { say } from '../words.ts';

/** What left and what stayed, a line each; without a file, what would leave. */
export function minimisedLines(report: MinimiseReport, file: string | undefined): readonly string[] {
  const { rowsTotal, rowsKept, rowsDropped, columnsKept, columnsDropped, items, redacted } = report;
  const empty = items.filter(({ rows }) => rows === 0).map(({ id }) => id);
  const done = { file: file ?? '', kept: rowsKept, total: rowsTotal, columns: columnsKept.length };
  return [
    say(file === undefined ? 'minimise.previewed' : 'minimise.done', done),
    items.length === 0
      ? say('minimise.dropped.none')
      : say('minimise.dropped', {
          other: rowsDropped['other-identifier'],
          outside: rowsDropped['outside-period'],
          unreadable: rowsDropped['time-unreadable'],
        }),
    ...(columnsDropped.length === 0
      ? []
      : [say('minimise.left', { columns: columnsDropped.map(({ name }) => name).join(', ') })]),
    ...(empty.length === 0 ? [] : [say('minimise.empty', { items: empty.join(', ') })]),
    ...redacted.map((one) => say('minimise.redacted', { ...one })),
    report.table === undefined
      ? say('minimise.digests', { input: report.inputDigest ?? '', plan: report.planDigest })
      : say('minimise.table', { ...report.table, plan: report.planDigest }),
  ];
}

/** Rows of which nothing but the kind and first characters of a text can be seen. */
export function sampleLines({ sample, columnsKept }: MinimisePreview): readonly string[] {
  if (sample.length === 0) return [];
  return [
    say('minimise.sample', { columns: columnsKept.map(({ name }) => name).join(', ') }),
    ...sample.map((row) => `  ${row.map(({ kind, shown }) => (shown === '' ? `(${kind})` : shown)).join(' | ')}`),
  ];
}

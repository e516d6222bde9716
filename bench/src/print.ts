import type { Figure, Sheet } from './sheet.ts';

/** A sheet as lines for a reader: input, versions, table, notes. */
export function lines(name: string, sheet: Sheet): readonly string[] {
  const versions = Object.entries(sheet.versions).map(([what, version]) => `${what} ${version}`);
  const cells = [['', 'unit', 'ours', 'peer', 'ours / peer', 'which peer'], ...sheet.figures.map(row)];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const table = cells.map((line) =>
    line
      .map((cell, i) => (i === 0 || i === 5 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [
    name,
    `  input: ${sheet.input}`,
    `  with: ${versions.join(', ')}`,
    '',
    ...table.map((line) => `  ${line}`),
    ...sheet.notes.map((note) => `  * ${note}`),
    '',
  ];
}

function row({ name, unit, ours, peer, ratio, peerName }: Figure): readonly string[] {
  return [
    name,
    unit,
    shown(ours),
    peer === null ? 'not here' : shown(peer),
    ratio === null ? '-' : `${ratio > 0 && ratio < 0.1 ? Number(ratio.toPrecision(2)) : ratio.toFixed(2)} x`,
    peerName,
  ];
}

/** Three digits that count. */
function shown(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en').replaceAll(',', ' ');
  return Number(value.toPrecision(3)).toString();
}

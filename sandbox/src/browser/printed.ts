import { inflateSync } from 'node:zlib';

/** The runs of glyphs on each page of a PDF that Chromium printed, as its content streams have them. Which letters they are only the font knows; the same letters are the same run. */
export function printedRuns(pdf: Buffer): readonly (readonly string[])[] {
  const pages: string[][] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    const text = contentAt(pdf, at + 7);
    const runs = [...text.matchAll(/<([0-9A-Fa-f]+)> Tj/g)].map((match) => match[1] ?? '');
    if (runs.length > 0) pages.push(runs);
  }
  return pages;
}

function contentAt(pdf: Buffer, from: number): string {
  const end = pdf.indexOf('endstream', from);
  try {
    return end < 0 ? '' : inflateSync(pdf.subarray(from, end)).toString('latin1');
  } catch {
    // Pictures and the like are packed in other ways.
    return '';
  }
}

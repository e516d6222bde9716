import { LAYOUT } from '@comity/formats/container';
import { kindOf } from '../open/kindOf.ts';
import type { Opened } from '../open/openDelivery.ts';
import { readCsv } from '../open/readCsv.ts';
import type { DeliveredFile } from '../open/readDelivered.ts';
import type { Evidence } from './evidence.ts';

const HEAD_BYTES = 4096;
/** Bytes of a file that are taken into the page's memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The tables in an opened delivery; a text is a table of its lines. Pictures and what cannot be shown are not looked into. */
export async function readEvidence(item: string, opened: Opened): Promise<readonly Evidence[]> {
  const found: Evidence[] = [];
  // Of an evidence container only the evidence: what tells where it comes from is no row of it.
  const evidenceFiles = opened.files.filter(({ name }) => name.startsWith(LAYOUT.evidence));
  for (const file of evidenceFiles.length > 0 ? evidenceFiles : opened.files) {
    const evidence = await readFile(item, opened, file);
    if (evidence !== undefined) found.push(evidence);
  }
  return found;
}

async function readFile(item: string, opened: Opened, file: DeliveredFile): Promise<Evidence | undefined> {
  const kind = kindOf(file, await opened.read(file.name, HEAD_BYTES));
  if (kind === 'image' || kind === 'other') return undefined;
  const bytes = await opened.read(file.name, MOST_BYTES);
  const whole = bytes.length === file.size;
  const text = new TextDecoder().decode(bytes);
  const about = { item, file: file.name, digest: opened.digest, whole };
  if (kind !== 'table')
    return { ...about, columns: ['text'], rows: text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [[line]])) };
  const [columns = [], ...rows] = readCsv(text);
  // The last row of a beginning may be cut.
  return { ...about, columns, rows: whole ? rows : rows.slice(0, -1) };
}

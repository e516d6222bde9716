import { decodeEntry, type LogEntry } from '@comity/prove';
import type { LogExtract } from '@comity/verify';

/** The entries of an extract, each with its index. */
export function entriesIn(log: Pick<LogExtract, 'entries'>): readonly { readonly index: string; readonly entry: LogEntry }[] {
  return log.entries.flatMap(({ index, entry }) => {
    const decoded = decodeEntry(Buffer.from(entry, 'base64'));
    return decoded.ok ? [{ index, entry: decoded.value }] : [];
  });
}

/** The entries of an extract. */
export function entriesOf(log: Pick<LogExtract, 'entries'>): readonly LogEntry[] {
  return entriesIn(log).map(({ entry }) => entry);
}

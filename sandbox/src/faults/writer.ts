import { writeSync } from 'node:fs';
import { driveLog, drivenEntry } from './log.ts';

// A process to be killed: appends to the log of the database in DATABASE_URL as fast as it can, several batches at once, and stages entries as
// acts do beside it. It tells on standard output what was acknowledged, one line each: row and number of the first entry, how many, and, for what
// was appended, the index of the first. What it does not tell may be lost; what it tells may not. On standard error it tells why its log had to
// begin again. HEADS is the folder for the copy of the head outside the database.
//
//	DATABASE_URL=... HEADS=... node writer.ts ROW ENTRIES_A_BATCH BATCHES_AT_ONCE
const [row = 'row', batch = '16', atOnce = '4'] = process.argv.slice(2);
const report = (why: string): void => void writeSync(2, `${why}\n`);
const log = driveLog(process.env['DATABASE_URL'] ?? '', { heads: process.env['HEADS'] ?? '', report });

/** Takes the next entries, again and again. Not by a stream: a line is out before the next batch begins, or this process is dead. */
async function work(
  kind: string,
  size: number,
  give: (entries: readonly Uint8Array[]) => Promise<bigint | undefined>,
): Promise<never> {
  const name = `${row}-${kind}`;
  for (let first = 0; ; first += size) {
    const index = await give(Array.from({ length: size }, (_, i) => drivenEntry(name, first + i)));
    writeSync(1, `${name} ${first} ${size}${index === undefined ? '' : ` ${index}`}\n`);
  }
}

/** As an act whose transaction fails: it is not said to be kept, and another one is tried. */
async function stageOn(): Promise<never> {
  for (let round = 0; ; round++) {
    try {
      await work(`stage-${round}`, 2, (entries) => log.stage(entries).then(() => undefined));
    } catch (error) {
      report(error instanceof Error ? error.message : String(error));
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

writeSync(1, 'ready\n');
const appending = Array.from({ length: Number(atOnce) }, (_, i) => work(`append-${i}`, Number(batch), log.append));
await Promise.all([...appending, stageOn()]);

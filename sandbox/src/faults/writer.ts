import { writeSync } from 'node:fs';
import { driveLog, drivenEntry } from './log.ts';

// A process to be killed: appends to the log of the database in DATABASE_URL as fast as it can, several batches at once, and tells on standard
// output what was acknowledged, one line each: index of the first entry, row and number of it, and how many. What it does not tell may be lost;
// what it tells may not. Ends with 3 when the database is gone.
//
//	DATABASE_URL=... node writer.ts ROW [ENTRIES_A_BATCH] [BATCHES_AT_ONCE]
const [row = 'row', batch = '16', atOnce = '4'] = process.argv.slice(2);
const log = await driveLog(process.env['DATABASE_URL'] ?? '');
const size = Number(batch);
let next = 0;

async function work(): Promise<never> {
  for (;;) {
    const first = next;
    next += size;
    const index = await log.append(Array.from({ length: size }, (_, i) => drivenEntry(row, first + i)));
    // Not by a stream: a line is out before the next batch begins, or this process is dead.
    writeSync(1, `${index} ${row} ${first} ${size}\n`);
  }
}

try {
  writeSync(1, 'ready\n');
  await Promise.all(Array.from({ length: Number(atOnce) }, work));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(3);
}

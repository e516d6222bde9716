import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, migrateDatabase, openPostgres } from '@comity/node';
import { encodeEntry, type LogEntry } from '@comity/prove';
// The node's own writer is what is measured; it is no part of the node's public door.
import { openLog } from '../../../packages/node/src/store/sequencer.ts';
import { testWriter } from '../../../packages/node/src/store/testing/log.ts';
import { quantile, spend } from '../measure.ts';
import { type Bench, comparison, type Figure } from '../sheet.ts';
import { machine } from '../versions.ts';

const PEER = { name: 'Tessera POSIX', value: null };

/** Appends to the log of a node: entries, tiles, head and signed checkpoint in one durable transaction each. */
export const proveBench: Bench = {
  about: 'durable appends to the log, with signed checkpoints, on a private PostgreSQL with fsync on',
  run: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
    const postgres = await openPostgres(dir, process.env['DATABASE_URL']);
    try {
      const name = `comity_bench_${process.pid}`;
      await createDatabase(postgres.url('postgres'), name);
      await migrateDatabase(postgres.url(name));
      const log = openLog(postgres.url(name), testWriter(dir));
      const append: Append = async (count) => {
        await log.append(Array.from({ length: count }, () => encodeEntry(newEntry())));
      };
      await append(300);
      const figures = [
        ...(await series(append, { name: 'one entry, one writer', count: 1, writers: 1, appends: 1000 })),
        ...(await series(append, { name: 'one entry, 8 writers', count: 1, writers: 8, appends: 1000 })),
        ...(await series(append, { name: '100 entries, one writer', count: 100, writers: 1, appends: 200 })),
      ];
      await log.stop();
      return {
        input:
          'entries of about 300 bytes; each append waits until entries, tiles and a head with both signatures are durable, and the head outside the database too',
        versions: {
          ...machine(),
          PostgreSQL: process.env['DATABASE_URL'] === undefined ? '18 (from npm, fsync on)' : 'by DATABASE_URL',
        },
        figures,
        notes: ['No peer here: Tessera is a Go program and is not installed with this project.'],
      };
    } finally {
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

type Append = (count: number) => Promise<void>;

interface Series {
  readonly name: string;
  readonly count: number;
  readonly writers: number;
  readonly appends: number;
}

async function series(append: Append, { name, count, writers, appends }: Series): Promise<readonly Figure[]> {
  const times: number[] = [];
  const write = async (): Promise<void> => {
    for (let i = 0; i < appends / writers; i++) times.push((await spend(() => append(count))).wall * 1000);
  };
  const { wall } = await spend(async () => void (await Promise.all(Array.from({ length: writers }, write))));
  return [
    comparison(name, 'entries/s', { ours: (times.length * count) / wall, peer: PEER }),
    comparison(`${name}, p99`, 'ms', { ours: quantile(times, 0.99), peer: PEER }),
  ];
}

function newEntry(): LogEntry {
  return {
    v: 1,
    t: 'act.deliver',
    id: crypto.randomUUID(),
    nonce: randomBytes(32).toString('base64url'),
    case: crypto.randomUUID(),
    at: new Date().toISOString(),
    actor: 'bench#sign-1',
    role: 'reviewer',
    act: randomBytes(32).toString('hex'),
    policy: randomBytes(32).toString('hex'),
  };
}

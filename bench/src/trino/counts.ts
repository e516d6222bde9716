import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodedData, checkSource, codeFile, codeTrino, type Domain, readDomain } from '@comity/prepare';
import { comparison } from '../sheet.ts';
import type { ClusterPart } from './clusterPart.ts';
import { queryOn } from './query.ts';

const ROWS = 20_000;
const COLUMNS = 12;

/** Whether both engines count the same, cell for cell, while a worker is lost. */
export const countsPart: ClusterPart = async (dir, cluster) => {
  const domain = domainOf();
  const rows = Array.from({ length: ROWS }, (_, i) => domain.map((_, c) => (i * (c + 7) * 2_654_435_761 + c * i * i) % (c + 2)));
  writeFileSync(
    join(dir, 'table.csv'),
    `${domain.map(({ name }) => name).join(',')}\n${rows.map((row) => row.join(',')).join('\n')}\n`,
  );
  await load(cluster.server, rows);
  const options = { subject: undefined, judge: 0, secret: new Uint8Array(32) };
  const source = await checkSource(join(dir, 'table.csv'), 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  const duck = await codeFile(source.value, domain, options);
  const table = { server: cluster.server, user: 'bench', catalog: 'lake', schema: 'bench', table: 'codes' };
  const trino = await codeTrino(table, domain, options);
  if (!duck.ok || !trino.ok) throw new Error('a table could not be coded');
  const ours = await countAll(duck.value, () => {});
  let killed = false;
  const theirs = await countAll(trino.value, (done) => {
    if (done < 20 || killed) return;
    killed = true;
    cluster.killWorker();
  });
  duck.value.close();
  const different = ours.tables.filter((cells, i) => cells.join() !== theirs.tables[i]?.join()).length;
  if (different > 0) throw new Error(`${different} tables differ between the engines`);
  return {
    input: `counts: ${ROWS} rows of ${COLUMNS} columns; ${ours.tables.length} one- and two-way tables; one of two workers killed after the twentieth`,
    figures: [
      comparison('tables that differ', 'tables', { ours: different, peer: { name: 'Trino', value: null } }),
      comparison('all tables', 'ms', { ours: ours.ms, peer: { name: 'Trino', value: theirs.ms } }),
    ],
    notes: [
      `Counts: workers left at the end ${await cluster.workers()}. The time of Trino holds the loss of a worker and what was asked again.`,
    ],
  };
};

function domainOf(): Domain {
  const read = readDomain(Object.fromEntries(Array.from({ length: COLUMNS }, (_, c) => [`c${c}x`, c + 2])));
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
}

async function load(server: string, rows: readonly (readonly number[])[]): Promise<void> {
  const columns = Array.from({ length: COLUMNS }, (_, c) => `c${c}x integer`).join(', ');
  await queryOn(server, `CREATE TABLE lake.bench.codes (${columns})`);
  for (let from = 0; from < rows.length; from += 5_000) {
    const values = rows.slice(from, from + 5_000).map((row) => `(${row.join(',')})`);
    await queryOn(server, `INSERT INTO lake.bench.codes VALUES ${values.join(',')}`);
  }
}

interface Counted {
  readonly tables: readonly Float64Array[];
  readonly ms: number;
}

async function countAll(data: CodedData, onTable: (done: number) => void): Promise<Counted> {
  const tables: Float64Array[] = [];
  const begun = performance.now();
  for (let a = 0; a < data.sizes.length; a++) {
    for (let b = a; b < data.sizes.length; b++) {
      const counting = data.count(a === b ? [a] : [a, b], 'learn');
      onTable(tables.length);
      tables.push(await counting);
    }
  }
  return { tables, ms: performance.now() - begun };
}

import { quoteName } from '../engine.ts';
import { type Cluster, clusterOf, refusalOf, tryAgain } from '../engines/ask.ts';
import { batches } from '../engines/batches.ts';
import { type MemoryTable, openMemoryTable } from '../engines/memoryTable.ts';
import { fromTable, type TableColumn, type TableHead } from '../engines/trinoTable.ts';
import { isOrdered, textFor } from '../engines/trinoTypes.ts';
import { checkKeys, ExtractRefused } from '../extract.ts';
import { recorderFor } from '../record.ts';
import { fromSource } from '../source-sql.ts';
import { compileOnePass } from './compile.ts';
import { groupItems, type Wanted } from './groups.ts';
import { type Judge, judgeFor } from './judge.ts';
import { type MinimisePlan, minimiseNeeds } from './plan.ts';
import { chunksOf, orUnreadable, type Reading, required, SETTINGS, takeRows } from './readRows.ts';
import { hullOnCluster, sieveSql } from './sieveOnCluster.ts';
import { rowsReadOf } from './tally.ts';

/**
 * Reads a table on a cluster and gives every row that leaves to `take`, by time, then by the other columns. The cluster lets through the rows that
 * may hold an asked identifier, of the named columns alone; what they hold is judged here, by the statement that judges a file. Throws ExtractRefused: `preview-stale`
 * where the number of rows changes meanwhile, what refusalOf says of a cluster, and what readRows throws of rows.
 */
export async function* readTable(plan: MinimisePlan, head: TableHead, reading: Reading): AsyncGenerator<undefined> {
  if (reading.keys !== undefined) required(checkKeys(plan, reading.keys));
  const names = namesOf(plan);
  const memory = await orUnreadable(() => openMemoryTable(head, { names, settings: SETTINGS }));
  try {
    yield* passOver(plan, head, { reading, memory, names });
  } catch (error) {
    if (error instanceof ExtractRefused) throw error;
    throw new ExtractRefused(refusalIn(error));
  } finally {
    memory.close();
  }
}

function refusalIn(error: unknown): ExtractRefused['refusal'] {
  const refused = refusalOf(error);
  if (refused.ok) throw error;
  return refused.refusal;
}

/** The time first, since rows come in the order of their columns. */
function namesOf(plan: MinimisePlan): readonly string[] {
  return [...new Set([...(plan.period === null ? [] : [plan.period.column]), ...minimiseNeeds(plan)])];
}

interface Passing {
  readonly reading: Reading;
  readonly memory: MemoryTable;
  readonly names: readonly string[];
}

async function* passOver(plan: MinimisePlan, head: TableHead, { reading, memory, names }: Passing): AsyncGenerator<undefined> {
  const { keys, take, done } = reading;
  const cluster = await clusterOf(head.table);
  const total = await rowsIn(cluster, head);
  await orUnreadable(() => rowsReadOf(memory.connection, memory.source));
  const wanted = required(await orUnreadable(() => groupItems(memory.connection, plan.items ?? [], head.columns)));
  const keyOf = keys === undefined ? undefined : (keyRef: string): Uint8Array => keys[keyRef] ?? new Uint8Array();
  const pass = required(compileOnePass({ plan, source: memory.source, wanted, keyOf }));
  const judge = judgeFor(plan, wanted, pass);
  const recorder = recorderFor(pass.shape);
  for await (const rows of batches(cluster.pages(selectSql(plan, head, { names, wanted })))) {
    await orUnreadable(() => memory.replace(rows));
    for await (const chunk of chunksOf(memory.connection, pass)) {
      takeRows(chunk, { pass, judge, recorder, take });
      yield;
    }
  }
  await countOutside(plan, head, { cluster, judge, wanted });
  if (judge.zoneMissing()) throw new ExtractRefused({ code: 'zone-missing', field: 'period.zone' });
  const judged = judge.counts(total);
  // Rows came and went while they were read: no count would be true of any moment.
  const same = (await rowsIn(cluster, head)) === total && (plan.items !== null || judged.rowsKept === total);
  if (!same) throw new ExtractRefused({ code: 'preview-stale' });
  done({ judged, redacted: recorder.redacted(), inputDigest: null });
}

async function rowsIn({ ask }: Cluster, { table }: TableHead): Promise<number> {
  const [[rows] = []] = await ask(`SELECT count(*) ${fromTable(table)}`);
  return Number(rows);
}

interface Selecting {
  readonly names: readonly string[];
  readonly wanted: readonly Wanted[];
}

function selectSql(plan: MinimisePlan, head: TableHead, { names, wanted }: Selecting): string {
  const columns = columnsOf(head, names);
  const order = columns.map((column) => (isOrdered(column.native) ? quoteName(column.name) : textFor(column)));
  const passing = [...(plan.items === null ? [] : [`(${sieveSql(plan, wanted, head)})`]), hullOnCluster(plan, head)?.inside];
  const where = passing.filter((one) => one !== undefined).join(' AND ');
  return `SELECT ${columns.map(textFor).join(', ')} ${fromTable(head.table)}${where === '' ? '' : ` WHERE ${where}`} ORDER BY ${order.join(', ')}`;
}

function columnsOf({ columns }: TableHead, names: readonly string[]): readonly TableColumn[] {
  return names.flatMap((name) => columns.filter((column) => column.name === name));
}

interface Outside {
  readonly cluster: Cluster;
  readonly judge: Judge;
  readonly wanted: readonly Wanted[];
}

/** Of rows that lie outside all periods only what their identifiers are comes here, and how many rows have them: the cluster groups them. */
async function countOutside(plan: MinimisePlan, head: TableHead, { cluster, judge, wanted }: Outside): Promise<void> {
  const hull = hullOnCluster(plan, head);
  if (hull === undefined) return;
  const names = [...new Set((plan.items ?? []).map(({ column }) => column))];
  const texts = columnsOf(head, names).map(textFor);
  const where = `WHERE (${sieveSql(plan, wanted, head)}) AND ${hull.outside} GROUP BY ${texts.map((_, i) => i + 1).join(', ')}`;
  const sql = `SELECT ${texts.join(', ')}, count(*) ${fromTable(head.table)} ${where}`;
  const memory = await orUnreadable(() => openMemoryTable(head, { names, counted: true }));
  try {
    await tryAgain(async () => {
      await memory.replace([]);
      for await (const rows of cluster.onePass(sql)) await memory.add(rows);
    });
    const forms = wanted.map(({ cell, sameForm }) => sameForm(cell)).join(', ');
    const reader = await orUnreadable(() =>
      memory.connection.runAndReadAll(`SELECT ${forms}, count(*) ${fromSource(memory.source)} GROUP BY ALL`, [
        memory.source.path,
      ]),
    );
    for (const row of reader.getRows()) judge.outside(row.slice(0, -1), { unreadable: false, count: Number(row.at(-1)) });
  } finally {
    memory.close();
  }
}

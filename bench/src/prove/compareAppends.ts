import { goAbsence } from '../go.ts';
import { median } from '../measure.ts';
import type { Asked } from '../peers/tessera.ts';
import { comparison, type Figure, type Peer } from '../sheet.ts';
import { appendToOurs, appendToPeer, type Ours, type Run } from './append.ts';

const BATCHES = [256, 1024, 4096];
const AGES = [5, 50, 250];
/** As Tessera comes: see NewAppendOptions in its append_lifecycle.go. */
const DEFAULTS = { batch: 256, age: 250 };
const BYTES = 256;
/** Batches that are given and not yet answered, on both sides. */
const AT_ONCE = 4;
const ROUNDS = 3;
const SECONDS = 2;

/** What was found, and what a reader must know of it. */
export interface Compared {
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/**
 * Our log's own batch interface beside Tessera's POSIX driver on the same disk: for each size of batch, sides in turn, the middle of the
 * rounds. Tessera is given for each size of batch the age that suits it best here, found first, and as many entries that wait for their answer as ours.
 */
export async function compareAppends(ours: Ours): Promise<Compared> {
  const absence = goAbsence('tessera');
  const best = new Map<number, Asked>();
  if (absence === undefined) for (const batch of BATCHES) best.set(batch, bestAge(ours.dir, batch));
  const found: Found[] = [];
  for (const batch of BATCHES) found.push(await inTurn(ours, batch, best.get(batch)));
  const defaults = absence === undefined ? runs(() => appendToPeer(ours.dir, asked(DEFAULTS.batch, DEFAULTS.age))) : undefined;
  const signed = absence === undefined ? runs(() => appendToPeer(ours.dir, untilSigned(best.get(1024)))) : undefined;
  const top = fastest(found.map((one) => one.ours));
  const peers = found.flatMap((one) => (one.peer === undefined ? [] : [one.peer]));
  const topPeer = peers.length === 0 ? undefined : fastest([...peers, ...(defaults === undefined ? [] : [defaults])]);
  return {
    figures: [
      ...rate('append', top, { name: 'Tessera, best', run: topPeer }),
      ...found.flatMap((one) => rowsOf(one, best.get(one.batch))),
      ...rate('append, as each comes', found[1]?.ours ?? top, { name: 'Tessera, 256 or 250 ms', run: defaults }),
      ...rate('append until a signed checkpoint holds it', found[1]?.ours ?? top, { name: 'Tessera, every 100 ms', run: signed }),
    ],
    notes: notesOf(absence),
  };
}

interface Found {
  readonly batch: number;
  readonly ours: Run;
  readonly peer: Run | undefined;
}

function asked(batch: number, age: number): Asked {
  return { until: 'index', batch, age, appenders: AT_ONCE * batch, bytes: BYTES, seconds: SECONDS };
}

function untilSigned(best: Asked | undefined): Asked {
  // Each appender waits for the next checkpoint, so that many more are needed to keep the log at work.
  return { ...(best ?? asked(DEFAULTS.batch, DEFAULTS.age)), until: 'checkpoint', appenders: 16_384 };
}

function bestAge(dir: string, batch: number): Asked {
  const tried = AGES.map((age) => ({ age, run: appendToPeer(dir, { ...asked(batch, age), seconds: 1 }) }));
  const [first] = tried.sort((a, b) => b.run.perSecond - a.run.perSecond);
  return asked(batch, first?.age ?? DEFAULTS.age);
}

async function inTurn(ours: Ours, batch: number, peer: Asked | undefined): Promise<Found> {
  const mine: Run[] = [];
  const theirs: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    mine.push(await appendToOurs(ours, { batch, atOnce: AT_ONCE, seconds: SECONDS }));
    if (peer !== undefined) theirs.push(appendToPeer(ours.dir, peer));
  }
  return { batch, ours: middle(mine), peer: peer === undefined ? undefined : middle(theirs) };
}

function runs(once: () => Run): Run {
  return middle(Array.from({ length: ROUNDS }, once));
}

/** The middle of each figure. */
function middle(found: readonly Run[]): Run {
  const of = (read: (run: Run) => number): number => median(found.map(read));
  const flushes = found.flatMap((run) => (run.flushes === undefined ? [] : [run.flushes]));
  return {
    perSecond: of((run) => run.perSecond),
    perCpuSecond: of((run) => run.perCpuSecond),
    p50: of((run) => run.p50),
    p99: of((run) => run.p99),
    flushes: flushes.length === 0 ? undefined : median(flushes),
  };
}

function fastest(found: readonly Run[]): Run {
  return found.reduce((best, run) => (run.perSecond > best.perSecond ? run : best));
}

interface Beside {
  readonly name: string;
  readonly run: Run | undefined;
}

function rate(name: string, ours: Run, { name: peerName, run }: Beside): readonly Figure[] {
  const beside = (read: (run: Run) => number): Peer => ({ name: peerName, value: run === undefined ? null : read(run) });
  return [
    comparison(name, 'entries/s', { ours: ours.perSecond, peer: beside((one) => one.perSecond) }),
    comparison(`${name}, p99`, 'ms', { ours: ours.p99, peer: beside((one) => one.p99) }),
  ];
}

function rowsOf({ batch, ours, peer }: Found, best: Asked | undefined): readonly Figure[] {
  const name = `append, batches of ${batch}`;
  const beside = { name: best === undefined ? 'Tessera' : `Tessera, ${batch} or ${best.age} ms`, run: peer };
  const cpu = { name: beside.name, value: peer?.perCpuSecond ?? null };
  const rows = [...rate(name, ours, beside)];
  if (Number.isFinite(ours.perCpuSecond))
    rows.push(comparison(`${name}, CPU`, 'entries/CPU s', { ours: ours.perCpuSecond, peer: cpu }));
  const flushes = { name: beside.name, value: peer?.flushes ?? null };
  if (ours.flushes !== undefined) rows.push(comparison(`${name}, disk`, 'flushes/1000', { ours: ours.flushes, peer: flushes }));
  return rows;
}

function notesOf(absence: string | undefined): readonly string[] {
  return [
    'append: entries are made in the process beforehand, on both sides: nothing is authenticated, judged or received over a network. It is not like for like with published rates of logs behind HTTP.',
    `append: a batch is what a caller hands in, ${AT_ONCE} of them unanswered at a time, as many entries on both sides; ours joins what queues, up to 4,096 entries, Tessera keeps to its size.`,
    'append: ours signs a checkpoint with Ed25519 and ML-DSA-44 for every batch, in the same durable transaction; what is acknowledged has its proof. Tessera acknowledges a durable index and signs a checkpoint (Ed25519) every 10 s as it comes, every 100 ms at most; the row "until a signed checkpoint holds it" makes both wait for the same.',
    'append, CPU: Node and all processes of PostgreSQL together, beside the one process of Tessera.',
    'append, disk: how often the disk is told to write down what it holds, by everybody on the machine. Where that takes 0.05 ms, as behind a write cache, CPU decides; where it takes 1 to 10 ms, these do.',
    ...(absence === undefined ? [] : [`Tessera is not here: ${absence}`]),
  ];
}

import { formatCheckpoint } from '@comity/prove';
import type { Database } from './database.ts';
import type { Log, Lost } from './log.ts';
import { adoptEntries } from './logAdopt.ts';
import { bytePlaces, makeBatch } from './logBatch.ts';
import { indexEntries, indexRest } from './logIndex.ts';
import { LogSession } from './logSession.ts';
import { type HeldTree, holdTree, standsAt } from './logTree.ts';
import { LogBehind, type LogWriter, type Place, type Standing, yearOf } from './logWriter.ts';
import { Placements } from './placements.ts';
import { kindOf, type Queued, tell, type Underway } from './underway.ts';
import { writeBatch } from './writeBatch.ts';

/** Entries in one batch at most. */
const BATCH = 4096;
/** Before another try to become the sequencer, or to connect again, in milliseconds. */
const PAUSE = 500;
/** A notice may be lost with a connection: after so many milliseconds the staged entries are looked at anyway. */
const LOOK_AGAIN = 200;
const PATIENCE = 5000;

/** Opens the log of a database and starts sequencing as soon as no other process does. */
export function openLog(url: string, writer: LogWriter): Log {
  const sequencer = new Sequencer(url, writer);
  const running = sequencer.run();
  return {
    append: (entries) => sequencer.append(entries),
    placeOf: (id, within = PATIENCE) => sequencer.placements.wait(id, within),
    standing: () => sequencer.standing,
    fallBehind: () => sequencer.fallBehind(),
    adopt: (lost) => sequencer.adopt(lost),
    stop: async () => {
      sequencer.stop();
      await running;
    },
  };
}

class Sequencer {
  readonly placements = new Placements();
  standing: Standing = 'waiting';
  readonly #url: string;
  readonly #writer: LogWriter;
  readonly #queue: Queued[] = [];
  /** Batches whose connection broke before the database had answered. */
  #unsure: Underway[] = [];
  readonly #trees = new Map<number, HeldTree>();
  /** How far the entries of each year can be found: what is appended without being staged is indexed later. */
  readonly #indexed = new Map<number, bigint>();
  #behind = false;
  readonly #adopting: { readonly lost: Lost; readonly done: (fits: boolean) => void }[] = [];
  #stopped = false;
  #noticed = false;
  #wake: () => void = () => undefined;

  constructor(url: string, writer: LogWriter) {
    this.#url = url;
    this.#writer = writer;
  }

  append(entries: readonly Uint8Array[]): Promise<Place> {
    if (entries.length === 0) throw new RangeError('nothing to append');
    return new Promise((done, failed) => {
      this.#queue.push({ entries, done, failed });
      this.#notice();
    });
  }

  fallBehind(): void {
    this.#behind = true;
    this.standing = 'behind';
    this.#notice();
  }

  adopt(lost: Lost): Promise<boolean> {
    if (!this.#behind) return Promise.resolve(false);
    return new Promise((done) => {
      this.#adopting.push({ lost, done });
      this.#notice();
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#notice();
  }

  /** One connection after the other, until the node goes down. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#serve();
      } catch (error) {
        if (error instanceof LogBehind) this.fallBehind();
        else this.standing = 'waiting';
        this.#writer.report(error instanceof LogBehind ? error.message : kindOf(error));
      }
      this.#trees.clear();
      if (!this.#stopped) await this.#rest(PAUSE);
    }
    this.standing = 'stopped';
    const unsaid = [...this.#unsure.flatMap(({ told }) => told), ...this.#queue];
    for (const { failed } of unsaid) failed(new Error('the node stopped before these entries were known to be kept'));
  }

  async #serve(): Promise<void> {
    const session = await LogSession.open(this.#url, () => this.#notice());
    try {
      while (!this.#stopped) {
        if (this.#behind) await this.#adoptLost(session);
        if (this.#behind || !(await session.takeLock())) {
          if (!this.#behind) this.standing = 'waiting';
          await this.placements.look(session.db);
          await this.#rest(LOOK_AGAIN);
          continue;
        }
        await this.#begin(session.db);
        while (!this.#stopped && !this.#behind) {
          if (this.#queue.length > 0) await this.#appendQueued(session);
          else if (!(await this.#takeStaged(session))) await this.#rest(LOOK_AGAIN);
        }
        await session.leaveLock();
        this.#trees.clear();
      }
    } finally {
      await session.close();
    }
  }

  async #adoptLost(session: LogSession): Promise<void> {
    for (const { lost, done } of this.#adopting.splice(0)) {
      let fits = false;
      try {
        fits = (await session.takeLock()) && (await adoptEntries(session, this.#writer, lost));
        await session.leaveLock();
        if (fits) this.#behind = false;
      } finally {
        done(fits);
      }
    }
  }

  /** Takes over the trees: what is unsure becomes sure, and what a crash left unindexed can be found. */
  async #begin(db: Database): Promise<void> {
    this.#trees.clear();
    this.#indexed.clear();
    const years = (await db.selectFrom('log_heads').select('year').execute()).map(({ year }) => year);
    for (const year of years) await this.#treeOf(db, year);
    await this.#writer.consult(db);
    for (const year of years) await this.#keepHead(db, year);
    // The last first, so that what goes back to the queue keeps its order; each leaves the list only once it is decided, for this may break off too.
    for (let underway = this.#unsure.at(-1); underway !== undefined; underway = this.#unsure.at(-1)) {
      const { year, edge } = underway.batch.before;
      const stands = await standsAt(db, year, edge.size, underway.first);
      this.#unsure.pop();
      if (stands) tell(underway);
      else this.#queue.unshift(...underway.told);
    }
    for (const year of years) await indexRest(db, year);
    await this.placements.look(db);
    this.standing = 'writing';
  }

  /** A crash between the database and the file outside leaves the file behind: it catches up before anything else is signed. */
  async #keepHead(db: Database, year: number): Promise<void> {
    const { checkpoint } = await db
      .selectFrom('log_heads')
      .select('checkpoint')
      .where('year', '=', year)
      .executeTakeFirstOrThrow();
    const outside = this.#writer.headFileOf(year);
    if (checkpoint !== '' && outside.read() !== checkpoint) await outside.write(checkpoint);
  }

  async #treeOf(db: Database, year: number): Promise<HeldTree> {
    const held = this.#trees.get(year) ?? (await holdTree(db, this.#writer, year));
    this.#trees.set(year, held);
    return held;
  }

  /** While one batch is written, the next is hashed and signed. */
  async #appendQueued(session: LogSession): Promise<void> {
    const year = yearOf(new Date(this.#writer.clock()).toISOString());
    let writing: Promise<void> = Promise.resolve();
    while (this.#queue.length > 0 && !this.#behind) {
      const told = this.#take();
      const next = await this.#prepareNext(session.db, { year, told, writing });
      writing = this.#write(session, next, []);
      writing.catch(() => undefined);
    }
    await writing;
  }

  /** What cannot be prepared, or stands on a batch that failed, goes back to the front of the queue. */
  async #prepareNext(
    db: Database,
    { year, told, writing }: { readonly year: number; readonly told: readonly Queued[]; readonly writing: Promise<void> },
  ): Promise<Underway> {
    try {
      const next = await this.#prepare(db, { year, entries: told.flatMap(({ entries }) => entries), told });
      await writing;
      return next;
    } catch (error) {
      this.#queue.unshift(...told);
      throw error;
    }
  }

  #take(): readonly Queued[] {
    let [taken, entries] = [0, 0];
    for (const queued of this.#queue) {
      if (taken > 0 && entries + queued.entries.length > BATCH) break;
      taken += 1;
      entries += queued.entries.length;
    }
    return this.#queue.splice(0, taken);
  }

  /** Puts what acts have staged into the trees of their years, in order. False when there was nothing. */
  async #takeStaged(session: LogSession): Promise<boolean> {
    const { db } = session;
    const rows = await db.selectFrom('log_staged').select(['seq', 'at', 'bytes']).orderBy('seq').limit(BATCH).execute();
    for (const [year, staged] of Map.groupBy(rows, ({ at }) => yearOf(at))) {
      const entries = staged.map(({ bytes }) => new Uint8Array(bytes));
      const next = await this.#prepare(db, { year, entries, told: [] });
      await this.#write(
        session,
        next,
        staged.map(({ seq }) => seq),
      );
      const { before } = next.batch;
      const places = bytePlaces(before.tail, entries);
      const placed = entries.map((bytes, i) => ({
        index: before.edge.size + BigInt(i),
        bytes,
        place: places[i] ?? { from: 0, count: 0 },
      }));
      if (this.#indexed.get(year) !== before.edge.size) await indexRest(db, year, before.edge.size);
      this.placements.found(year, await indexEntries(db, year, placed));
      this.#indexed.set(year, next.batch.after.edge.size);
    }
    return rows.length > 0;
  }

  async #prepare(
    db: Database,
    { year, entries, told }: { readonly year: number; readonly entries: readonly Uint8Array[]; readonly told: readonly Queued[] },
  ): Promise<Underway> {
    const held = await this.#treeOf(db, year);
    const batch = makeBatch(held.growing, entries, this.#writer.hasher);
    const head = { origin: this.#writer.originOf(year), size: batch.after.edge.size, root: batch.root };
    const checkpoint = await this.#writer.sign(formatCheckpoint(head));
    this.#trees.set(year, { ...held, growing: batch.after });
    return { batch, checkpoint, redactions: held.redactions, first: entries[0] ?? new Uint8Array(0), told };
  }

  async #write(session: LogSession, underway: Underway, staged: readonly string[]): Promise<void> {
    const { batch, checkpoint, redactions, told } = underway;
    const at = new Date(this.#writer.clock()).toISOString();
    if (told.length > 0) this.#unsure.push(underway);
    const written = await writeBatch(session.client, { batch, checkpoint, at, staged, redactions });
    if (!written) throw new Error('the log was moved by another writer');
    await this.#writer.headFileOf(batch.after.year).write(checkpoint);
    this.#unsure = this.#unsure.filter((one) => one !== underway);
    tell(underway);
  }

  #notice(): void {
    this.#noticed = true;
    this.#wake();
  }

  /** Sleeps until something is noticed, at most so many milliseconds. */
  async #rest(most: number): Promise<void> {
    if (!this.#noticed)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, most);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#noticed = false;
  }
}

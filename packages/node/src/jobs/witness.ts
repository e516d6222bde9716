import {
  addSignatures,
  type Checkpoint,
  checkSignedCheckpoint,
  consistencyProof,
  formatAddCheckpoint,
  meetsQuorum,
  NO_QUORUM,
  type NoteSignature,
  type Policy,
  type PolicyWitness,
  parseCosignatures,
  parseSize,
  type TileAddress,
} from '@comity/prove';
import type { House, Witnesses } from '../app/house.ts';
import { logOf } from '../app/places.ts';
import { sha256, sha256Hex, signatureChecks } from '../keys/crypto.ts';
import { nodeTreeHasher } from '../keys/treeHasher.ts';
import type { Database } from '../store/database.ts';
import { type Head, headOfNote, readHeads, readTile } from '../store/logRead.ts';
import { treeHolds } from '../store/logTree.ts';
import { LogBehind, yearOf } from '../store/logWriter.ts';
import { recentPartners } from '../store/outbox.ts';
import { keepQuorum } from '../store/quorum.ts';
import { keepEvidence } from '../store/witnessed.ts';

/** A head that moved is shown to witnesses after so many milliseconds at most. */
const EVERY = 1000;
/** A log that rests is witnessed again after so long: whoever sees an older cosignature knows that it sees a stale log. */
const HEARTBEAT = 3_600_000;

type Known = Pick<House, 'db' | 'log' | 'now' | 'party' | 'peers'>;

/** Starts showing this node's logs to its witnesses. Only the process that sequences does so. */
export function startWitnessing(house: Known, policy: Policy): Witnesses & { readonly stop: () => Promise<void> } {
  const rounds = new Rounds(house, policy);
  const timer = setInterval(() => void rounds.next(), EVERY);
  return {
    policy,
    confirm: (within) => Promise.race([rounds.fresh(), new Promise<void>((done) => setTimeout(done, within).unref())]),
    stop: async () => {
      clearInterval(timer);
      await rounds.end();
    },
  };
}

class Rounds {
  readonly #house: Known;
  readonly #policy: Policy;
  /** Size that each witness last cosigned, by year and name. */
  readonly #cosigned = new Map<string, bigint>();
  /** Witnesses that did not answer are asked last. */
  readonly #failures = new Map<string, number>();
  #running: Promise<void> | undefined;
  #ended = false;

  constructor(house: Known, policy: Policy) {
    this.#house = house;
    this.#policy = policy;
  }

  /** The round that is under way, or the next one. */
  next(): Promise<void> {
    if (this.#ended || this.#policy.quorum === NO_QUORUM) return Promise.resolve();
    this.#running ??= this.#round()
      // A database that is away now is there for the next round.
      .catch(() => undefined)
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** A round that begins now: one that is under way may show an older head. */
  async fresh(): Promise<void> {
    await this.#running;
    await this.next();
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #round(): Promise<void> {
    if (this.#house.log.standing() !== 'writing') return;
    for (const head of await readHeads(this.#house.db)) if (this.#isDue(head)) await this.#show(head);
  }

  #isDue({ size, checkpoint, witnessed }: Head): boolean {
    if (checkpoint === '' || size === 0n) return false;
    return (
      witnessed === undefined || witnessed.size < size || Date.parse(witnessed.at) < Date.parse(this.#house.now()) - HEARTBEAT
    );
  }

  /** Asks one witness after the other until the quorum is met, those first that saw us last. */
  async #show(head: Head): Promise<void> {
    const have = new Set<string>();
    const lines: NoteSignature[] = [];
    for (const witness of await this.#inOrder()) {
      if (this.#ended || meetsQuorum(this.#policy, have)) break;
      // A witness has shown that the database was set back.
      if (this.#house.log.standing() !== 'writing') return;
      if (!this.#helps(witness.name, have)) continue;
      const line = await this.#ask(witness, head);
      this.#failures.set(witness.name, line === undefined ? (this.#failures.get(witness.name) ?? 0) + 1 : 0);
      if (line === undefined) continue;
      have.add(witness.name);
      lines.push(line);
    }
    if (!meetsQuorum(this.#policy, have)) return;
    const { year, size } = head;
    await keepQuorum(this.#house.db, { year, size, checkpoint: addSignatures(head.checkpoint, lines), at: this.#house.now() });
  }

  async #inOrder(): Promise<readonly PolicyWitness[]> {
    const partners = await recentPartners(this.#house.db);
    const rank = ({ name }: PolicyWitness): number => (partners.includes(name) ? partners.indexOf(name) : partners.length);
    const failures = ({ name }: PolicyWitness): number => this.#failures.get(name) ?? 0;
    return [...this.#policy.witnesses].sort((a, b) => failures(a) - failures(b) || rank(a) - rank(b));
  }

  /** Whether a cosignature of this witness can bring the quorum nearer: a group that it is in still lacks members. */
  #helps(name: string, have: ReadonlySet<string>): boolean {
    const { quorum, groups } = this.#policy;
    if (quorum === name) return true;
    return groups.some(
      ({ members, name: group }) => members.includes(name) && !meetsQuorum({ ...this.#policy, quorum: group }, have),
    );
  }

  async #ask(witness: PolicyWitness, head: Head): Promise<NoteSignature | undefined> {
    if (witness.url === undefined) return undefined;
    const key = `${head.year} ${witness.name}`;
    for (let tries = 0; tries < 2; tries++) {
      const oldSize = this.#cosigned.get(key) ?? 0n;
      const body = formatAddCheckpoint({ oldSize, proof: await this.#proof(head, oldSize), checkpoint: head.checkpoint });
      const answer = await this.#house.peers.askWitness(`${witness.url}/add-checkpoint`, body);
      if (answer?.status === 200) {
        this.#cosigned.set(key, head.size);
        const asked = { checkpoint: head.checkpoint, keys: [witness.key] };
        const cosigned = parseCosignatures(answer.body, asked, signatureChecks);
        return cosigned.ok ? cosigned.value[0]?.line : undefined;
      }
      const seen = answer?.status === 409 ? parseSize(answer.body.replace(/\n$/, '')) : undefined;
      if (answer?.status === 422 || (seen?.ok === true && seen.value > head.size)) await this.#lookAt(witness, head);
      if (seen?.ok !== true || seen.value > head.size) return undefined;
      this.#cosigned.set(key, seen.value);
    }
    return undefined;
  }

  #proof({ year, size }: Head, oldSize: bigint): Promise<Uint8Array[]> {
    const read = (address: TileAddress): Promise<Uint8Array> => readTile(this.#house.db, year, address);
    return consistencyProof({ oldSize, newSize: size }, read, sha256);
  }

  /** A witness knows a head of ours that we do not: if we have signed it, our database was set back, and nothing more is signed. */
  async #lookAt(witness: PolicyWitness, head: Head): Promise<void> {
    const { db, log } = this.#house;
    const { origin } = headOfNote(head.checkpoint);
    const known = await seenBy(this.#house, witness, origin);
    if (known === undefined || (await treeHolds(db, nodeTreeHasher, { ...known.checkpoint, year: head.year }))) return;
    await keepEvidence(db, { origin, kind: 'rollback', first: known.note, second: head.checkpoint, at: this.#house.now() });
    log.fallBehind();
  }
}

/** The head of a log of ours that a witness last cosigned, when it is one that we have signed. */
async function seenBy(
  { party, peers, now }: Pick<House, 'party' | 'peers' | 'now'>,
  witness: PolicyWitness,
  origin: string,
): Promise<{ readonly note: string; readonly checkpoint: Checkpoint } | undefined> {
  const known = await peers.askWitness(`${witness.url}/${sha256Hex(origin)}/checkpoint`);
  if (known?.status !== 200) return undefined;
  const ours = checkSignedCheckpoint(known.body, { logs: [logOf({ now }, party, origin)], sha256, checks: signatureChecks });
  return ours.ok ? { note: known.body, checkpoint: ours.value.checkpoint } : undefined;
}

/**
 * Asks the witnesses, before anything is signed, what they have seen of our logs: a database that was restored together with its second head is caught here.
 * Witnesses that do not answer cannot tell. Rejects with LogBehind.
 */
export async function consultWitnesses(
  house: Pick<House, 'party' | 'peers' | 'now'>,
  policy: Policy,
  db: Database,
): Promise<void> {
  const stored = await db.selectFrom('log_heads').select('year').execute();
  const years = new Set([...stored.map(({ year }) => year), yearOf(house.now())]);
  const asked = policy.witnesses.filter(({ url }) => url !== undefined);
  for (const year of years) {
    const origin = `${house.party.logOrigin}/${year}`;
    const seen = await Promise.all(asked.map((witness) => seenBy(house, witness, origin)));
    for (const known of seen)
      if (known !== undefined && !(await treeHolds(db, nodeTreeHasher, { ...known.checkpoint, year })))
        throw new LogBehind(`the log of ${year} was cosigned at size ${known.checkpoint.size}; the database does not hold that`);
  }
}

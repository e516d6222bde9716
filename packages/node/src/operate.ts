import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Result, toInstant } from '@comity/core';
import { type Erased, type Erasing, eraseCase, eraseSections } from './app/erase.ts';
import { eraseImport } from './app/imports/erase.ts';
import { logKeyChange } from './app/logKeyChange.ts';
import { type Redacted, type Redacting, redactEntry } from './app/redact.ts';
import { type IdentityOf, type RewrapCount, rewrapHeld } from './app/rewrap.ts';
import { enterDirectory } from './keys/directory.ts';
import type { KeyStatement } from './keys/statement.ts';
import { subjectKeys } from './keys/subjects.ts';
import type { NodeConfig } from './main.ts';
import { connect } from './store/database.ts';
import type { Place } from './store/logWriter.ts';
import { Placements } from './store/placements.ts';
import { keepApart } from './vault/apart.ts';
import { openObjects } from './vault/objects.ts';

/** What of a node's configuration its operator's commands need. */
export type OperatorConfig = Pick<
  NodeConfig,
  | 'env'
  | 'party'
  | 'databaseUrl'
  | 'dir'
  | 'subjectsDir'
  | 'headersDir'
  | 'vault'
  | 'directory'
  | 'directoryKey'
  | 'redactionOrders'
>;

/** What the operator of a node does beside it, on its database: the node may run or not. Entries are put into the tree by whichever process is the sequencer. */
export interface Operator {
  readonly eraseSections: (ask: Parameters<typeof eraseSections>[1]) => Promise<Result<Erased>>;
  readonly eraseCase: (ask: Parameters<typeof eraseCase>[1]) => Promise<Result<Erased>>;
  readonly eraseImport: (ask: Parameters<typeof eraseImport>[1]) => Promise<Result<Erased>>;
  /** Blanks the entry that orders of overseers name. */
  readonly redact: (orders: readonly unknown[]) => Promise<Result<Redacted>>;
  /** Logs that a key of this party changes, as its statement to the directory's keeper says; gives the id of the entry. */
  readonly logKeyChange: (statement: KeyStatement) => Promise<string>;
  /** Gives received payloads headers for the present office key. */
  readonly rewrap: (identityOf: IdentityOf) => Promise<RewrapCount>;
  /** Where an entry stands; undefined after `within` milliseconds: it is staged, and stands once the node runs. */
  readonly placeOf: (entry: string, within: number) => Promise<Place | undefined>;
  readonly close: () => Promise<void>;
}

const LOOK_EVERY = 100;

/** Opens a node's database for its operator. Throws, in words, when the directory cannot be used. */
export function openOperator(config: OperatorConfig): Operator {
  const now = (): string => toInstant(Date.now());
  const known = enterDirectory(config, now());
  const { db, close } = connect(config.databaseUrl, 2);
  const subjects = subjectKeys(config.subjectsDir ?? join(config.dir, 'subjects'));
  // Whether the log has fallen behind is for the node that signs: what is staged here waits until it has caught up.
  const log: Erasing['log'] = { standing: () => 'waiting' };
  const house: Erasing & Redacting = {
    ...known,
    ...{ db, log, now, subjects },
    random: (count) => randomBytes(count),
    redactionOrders: config.redactionOrders ?? 1,
  };
  return {
    eraseSections: (ask) => eraseSections(house, ask),
    eraseCase: (ask) => eraseCase(house, ask),
    eraseImport: (ask) => eraseImport(house, ask),
    redact: (orders) => redactEntry(house, orders),
    logKeyChange: (statement) => logKeyChange(house, statement),
    rewrap: async (identityOf) => {
      const vault = keepApart(await openObjects(config, true), config.headersDir ?? join(config.dir, 'headers'));
      return rewrapHeld({ ...house, vault }, identityOf);
    },
    placeOf: async (entry, within) => {
      const placements = new Placements();
      const timer = setInterval(() => void placements.look(db).catch(() => undefined), LOOK_EVERY);
      return placements.wait(entry, within).finally(() => clearInterval(timer));
    },
    close: async () => {
      await subjects.close();
      await close();
    },
  };
}

import { type Instant, keyAt, type Party, type SignedDirectory } from '@comity/core';
import type { KeyDevice } from './device.ts';
import { type DirectoryTrust, type Entered, enterDirectory } from './directory.ts';
import { publicHalves, ROTATED_USES } from './generations.ts';
import type { Keystore } from './keystore.ts';

/** Where a node's directory and keys come from. */
export interface BookSource extends DirectoryTrust {
  readonly directory: SignedDirectory;
  readonly keystore: Keystore;
  /** Reads the keystore again: an operator's command may have added a key since. */
  readonly reopenKeystore?: () => Promise<Keystore>;
  /** Holds signing keys that the keystore only names. */
  readonly device?: KeyDevice;
}

/**
 * The directory in force, and the node's keys that it names. A newer directory takes the place of the one before while the node runs: from that moment its keys sign,
 * verify and are sealed to. INVARIANT: the directory in force is never older than one that was in force before.
 */
export class DirectoryBook {
  readonly #source: BookSource;
  #signed: SignedDirectory;
  #entered: Entered;
  #keystore: Keystore;

  /** Throws, in words for the operator, when the directory cannot be used or names a key of this party that is not in its keystore. */
  constructor(source: BookSource, now: Instant) {
    this.#source = source;
    this.#signed = source.directory;
    this.#keystore = source.keystore;
    this.#entered = enterDirectory(source, now);
    const foreign = foreignKey(this.#keystore, this.#entered.party, now);
    if (foreign !== undefined) throw new Error(foreignWords(foreign));
  }

  get signed(): SignedDirectory {
    return this.#signed;
  }

  get directory(): Entered['directory'] {
    return this.#entered.directory;
  }

  get party(): Party {
    return this.#entered.party;
  }

  get device(): KeyDevice | undefined {
    return this.#source.device;
  }

  get keystore(): Keystore {
    return this.#keystore;
  }

  /** Puts a newer directory in force. `older` changes nothing: one that was issued earlier would bring revoked keys back. Throws as the constructor does; then the one before stays in force. */
  async take(signed: SignedDirectory, now: Instant): Promise<'taken' | 'older'> {
    const entered = enterDirectory({ ...this.#source, directory: signed }, now);
    if (entered.directory.issued <= this.directory.issued) return 'older';
    const keystore = (await this.#source.reopenKeystore?.()) ?? this.#keystore;
    const foreign = foreignKey(keystore, entered.party, now);
    if (foreign !== undefined) throw new Error(foreignWords(foreign));
    this.#signed = signed;
    this.#entered = entered;
    this.#keystore = keystore;
    return 'taken';
  }
}

/** The id of a key that the directory would have this node use and that its keystore does not hold. */
function foreignKey(keystore: Keystore, party: Party, now: Instant): string | undefined {
  return ROTATED_USES.map((use) => ({ use, listed: keyAt(party, use, now) })).find(({ use, listed }) => {
    const own = publicHalves(keystore.keys, use);
    return listed !== undefined && !own.some(({ id, key }) => id === listed.id && key === listed.public);
  })?.listed?.id;
}

function foreignWords(id: string): string {
  return `The directory lists ${id}, and the keystore does not hold that key. Put the right keystore in place, or have the directory's keeper list the key that is here.`;
}

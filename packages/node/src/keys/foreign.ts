import type { Endpoint, KnownKeys } from '@comity/formats/hi1';

/**
 * An authority that has no node of its own, as this organisation's operator knows it: by a number that was found out apart from anything it sends, and, where its system speaks TS 103 120, by
 * the keys that it signs with.
 */
export interface ForeignAuthority {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  /** The number at which it is called back. */
  readonly phone: string;
  /** How it names itself in messages. */
  readonly endpoint?: Endpoint;
  /** Its public keys, by the ids that its signatures name. */
  readonly keys?: KnownKeys;
  /** Where its system takes messages; without it, it fetches by LIST and GET. */
  readonly url?: string;
}

/** How far a message may be ahead of our clock, and how old it may be, in milliseconds. */
export interface ForeignClock {
  readonly ahead: number;
  readonly behind: number;
}

/** Clocks that are set from the network differ by less than five minutes; a message that could not be sent for a day is written anew. */
export const FOREIGN_CLOCK: ForeignClock = { ahead: 5 * 60_000, behind: 24 * 3_600_000 };

/** Every key of every authority; an id stands for one key only, which is checked where the list is read. */
export function keysOf(authorities: readonly ForeignAuthority[]): KnownKeys {
  return Object.fromEntries(authorities.flatMap(({ keys }) => Object.entries(keys ?? {})));
}

/** Whose key it is. */
export function ownerOfKey(authorities: readonly ForeignAuthority[], kid: string): ForeignAuthority | undefined {
  return authorities.find(({ keys }) => keys !== undefined && Object.hasOwn(keys, kid));
}

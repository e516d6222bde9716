import type { JsonObject } from '@comity/core';

/** An object of a message, where it stands, and whether all that the profile asks for must be there: an update carries only what it changes. */
export interface PlacedObject {
  readonly action: number;
  readonly path: string;
  readonly object: JsonObject;
  readonly whole: boolean;
}

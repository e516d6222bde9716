import type { Refusal } from '@comity/core';

/** Thrown in the midst of a stream, where no Result can be handed back any more. It names no byte of what was read. */
export class UnsealFailure extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'UnsealFailure';
    this.refusal = refusal;
  }
}

import { type Directory, holdsAt } from '@comity/core';
import {
  type Checkpoint,
  COSIGNATURE,
  checkSignedCheckpoint,
  type KnownLog,
  openNote,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
} from '@comity/prove';
import { type Functions, ownerOf } from './scene.ts';

/** What is needed to say whose a checkpoint is. */
export interface KeyScene extends Functions {
  readonly directory: Directory;
}

/** A checkpoint that is to be signed by the log of an origin, with the keys that the directory names at an instant. */
export interface Signed {
  readonly note: string;
  readonly origin: string;
  readonly at: string;
}

/** What a checkpoint is: the log's own; signed with one kind of its keys but not the other; or nobody's. */
export type Opened =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly log: KnownLog }
  | { readonly ok: false; readonly code: 'checkpoint-forged' | 'checkpoint-downgraded' };

/**
 * The log of an origin with its keys as they were at an instant. The directory lists a party's keys under the name that all its years share; a log of a year signs
 * with them under its own name (C2SP tlog-checkpoint: the key's name is the origin).
 */
export function logAt({ directory, sha256 }: KeyScene, origin: string, at: string): KnownLog {
  const party = ownerOf(directory, origin);
  const keys = (party?.keys ?? [])
    .filter((key) => key.use === 'log' && holdsAt(key, at))
    .flatMap((key): readonly VerifierKey[] => {
      const parsed = parseVerifierKey(key.public, sha256);
      if (!parsed.ok || parsed.value.kind === COSIGNATURE) return [];
      return [verifierKey({ ...parsed.value, name: origin }, sha256)];
    });
  return { origin, keys };
}

/** Checks the signatures of a checkpoint: of each kind of key that its log has. */
export function openCheckpoint(scene: KeyScene, { note, origin, at }: Signed): Opened {
  const { sha256, checks } = scene;
  const log = logAt(scene, origin, at);
  const signed = checkSignedCheckpoint(note, { logs: [log], sha256, checks });
  if (signed.ok) return { ok: true, checkpoint: signed.value.checkpoint, log };
  const partly = signed.code === 'checkpoint-signature' && openNote(note, log.keys, checks).ok;
  return { ok: false, code: partly ? 'checkpoint-downgraded' : 'checkpoint-forged' };
}

/** The origin that a checkpoint states, whoever signed it; undefined when it cannot be read. */
export function originOfNote(note: string): string | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value.origin : undefined;
}

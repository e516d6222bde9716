import { type Act, canonicalJson } from '@comity/core';
import { z } from 'zod';
import { sha256Hex } from '../keys/crypto.ts';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(200);
const instant = z.iso.datetime({ precision: 3 });

const opening = z.object({ salt: z.string().regex(/^[A-Za-z0-9_-]{43}$/), value: z.json() });

/** An act as it travels. Unknown members are refused: what was signed is exactly what is kept. */
const act = z.strictObject({
  body: z.strictObject({
    v: z.literal(1),
    env: z.enum(['sandbox', 'production']),
    id: z.uuid(),
    case: z.uuid(),
    procedure: z.strictObject({ id: name, version: z.int().min(0), sha256: hex64 }),
    type: name,
    by: z.strictObject({ party: name, person: name, role: name, seat: name }),
    at: instant,
    prev: z.array(hex64).max(64),
    data: z.record(z.string(), z.json()),
    sections: z.record(name, z.string().regex(/^[A-Za-z0-9_-]{43}$/)),
  }),
  signatures: z
    .array(z.strictObject({ key: name, signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/) }))
    .min(1)
    .max(8),
  openings: z.record(name, opening),
});

const base64 = z.string().max(8000);
const place = z.strictObject({
  act: hex64,
  index: z.string().max(20),
  entry: base64,
  proof: z.array(base64).max(63),
  checkpoint: z.string().max(100_000).optional(),
});

export const messageSchema = z.object({
  env: z.enum(['sandbox', 'production']),
  kind: z.literal('acts'),
  id: hex64,
  from: name,
  to: name,
  case: z.uuid(),
  at: instant,
  acts: z.array(act).min(1).max(200),
  /** Where the sender's own acts stand in its log. */
  log: z.strictObject({ checkpoint: z.string().max(100_000), places: z.array(place).max(200) }),
});

/**
 * The receiver's word that its application has taken the message: what it made of each act, and where its own log says that it has it (for acts of others than the
 * receiver). `leaf` is hexadecimal, `entry` and `proof` base64; `checkpoint` is the signed note that the proofs lead to.
 */
export const receiptSchema = z.object({
  message: hex64,
  from: name,
  to: name,
  at: instant,
  checkpoint: z.string().max(100_000),
  acts: z.array(
    z.object({
      digest: hex64,
      verdict: name,
      ...place.omit({ act: true }).extend({ leaf: hex64 }).partial().shape,
    }),
  ),
});

export type Receipt = z.infer<typeof receiptSchema>;
export type Message = z.infer<typeof messageSchema>;

/** Identity of a message: the same acts with the same openings to the same party are the same message, however often they are sent. */
export function messageId(from: string, to: string, acts: readonly Act[]): string {
  return sha256Hex(canonicalJson({ from, to, acts }));
}

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

export const messageSchema = z.object({
  env: z.enum(['sandbox', 'production']),
  kind: z.literal('acts'),
  id: hex64,
  from: name,
  to: name,
  case: z.uuid(),
  at: instant,
  acts: z.array(act).min(1).max(200),
});

/** The receiver's word that its application has taken the message: what it made of each act, and where its log stands. */
export interface Receipt {
  readonly message: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  readonly acts: readonly { readonly digest: string; readonly verdict: string }[];
}

/** Identity of a message: the same acts with the same openings to the same party are the same message, however often they are sent. */
export function messageId(from: string, to: string, acts: readonly Act[]): string {
  return sha256Hex(canonicalJson({ from, to, acts }));
}

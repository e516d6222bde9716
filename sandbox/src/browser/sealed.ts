import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { nodeHashes } from '@comity/formats';
import {
  type EvidenceFile,
  evidencePublicKey,
  evidenceSigner,
  makeEvidenceCertificate,
  newEvidenceKey,
  writeContainer,
} from '@comity/formats/container';
import type { UnsealingView } from '@comity/node/api';
import { generateOfficeIdentity, protectIdentity, seal } from '@comity/seal';
import { PASSPHRASE } from '../directory.ts';

/** A sealed delivery, and what a node hands out to open it. */
export interface SealedFor {
  readonly means: UnsealingView;
  readonly sealed: Buffer;
}

/** Files that a page is to show, sealed as an evidence container to an office of its own. */
export async function sealedContainer(
  files: Readonly<Record<string, { readonly type: string; readonly bytes: Buffer }>>,
): Promise<SealedFor> {
  const key = await newEvidenceKey();
  const [now, sign] = [new Date().toISOString(), evidenceSigner(key)];
  const certificate = await makeEvidenceCertificate({
    ...{ organisation: 'Skymail Ireland', country: 'IE', commonName: 'Evidence seal', serial: Buffer.from('01'), sign },
    ...{ from: `${now.slice(0, 10)}T00:00:00.000Z`, until: '2049-01-01T00:00:00.000Z', publicKey: evidencePublicKey(key) },
  });
  const evidence = Object.entries(files).map(
    ([name, { type, bytes }], index): EvidenceFile => ({ item: `i${index + 1}`, name, mediaType: type, bytes: once(bytes) }),
  );
  const custody = { case: 'case', actions: [{ name: 'extract', at: now, by: 'ie-skymail' }] };
  const container = writeContainer(nodeHashes, { at: now, files: evidence, order: {}, custody, signer: { certificate, sign } });
  const office = await generateOfficeIdentity();
  const sealing = await seal(container, [office.recipient]);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  const pieces: Uint8Array[] = [];
  for await (const piece of sealing.value.ciphertext) pieces.push(Uint8Array.from(piece));
  const [sealed, summary] = [Buffer.concat(pieces), sealing.value.summary()];
  const ciphertext = createHash('sha256').update(sealed).digest('hex');
  const manifest = { ciphertext: { sha256: ciphertext }, plaintext: { digest: summary.plaintextDigest } };
  const identity = await protectIdentity(office.identity, PASSPHRASE, 10);
  const evidenceKeys = [Buffer.from(evidencePublicKey(key)).toString('base64url')];
  return {
    sealed,
    means: {
      ciphertext,
      sealed: ciphertext,
      size: sealed.length,
      manifest,
      plaintextSalt: summary.plaintextSalt,
      identity,
      evidenceKeys,
    },
  };
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A picture of two colours that run into each other (PNG, W3C 2003). */
export function picture(width: number, height: number): Buffer {
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([
      0,
      ...Array.from({ length: width }, (_, x) => [Math.floor((255 * x) / width), Math.floor((255 * y) / height), 160]).flat(),
    ]),
  );
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

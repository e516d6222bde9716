import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { equalBytes, holdsAt, type Instant, keyAt, type Party, toBase64 } from '@comity/core';
import {
  askForStamps,
  type ContainerSigner,
  type EvidenceJwk,
  evidencePublicKey,
  evidenceSigner,
  makeEvidenceCertificate,
  type Stamp,
} from '@comity/formats/container';
import { keyWithId } from './generations.ts';
import type { Keyring } from './signers.ts';

/** Whose containers are signed, with what, and as of when. */
export interface EvidenceSeal {
  readonly key: EvidenceJwk;
  readonly party: Pick<Party, 'name' | 'country'>;
  readonly now: Instant;
  readonly random: (bytes: number) => Uint8Array;
}

/** For how many years a node vouches for its own key. */
const YEARS = 10;

/**
 * The signer of this party's evidence containers: its key, and the certificate in a PEM file. Where there is none, the party's own is made
 * and kept; an operator with a trust service puts that service's certificate (and those above it) there instead. Throws, in words for the
 * operator, on a certificate of another key and on a trust service's that has ended; an own one that has ended is made anew.
 */
export async function evidenceSeal(file: string, seal: EvidenceSeal): Promise<ContainerSigner> {
  const [certificate, ...chain] = readChain(file);
  const sign = evidenceSigner(seal.key);
  if (certificate !== undefined) {
    if (!equalBytes(certificate.publicKey.export({ format: 'der', type: 'spki' }), evidencePublicKey(seal.key)))
      throw new Error(
        `The certificate in ${file} belongs to another key than this node's. Put the right one there, or remove it.`,
      );
    const ended = certificate.validToDate.toISOString() <= seal.now;
    if (!ended)
      return { certificate: Uint8Array.from(certificate.raw), chain: chain.map((one) => Uint8Array.from(one.raw)), sign };
    const isOwn = certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey);
    if (!isOwn) throw new Error(`The certificate in ${file} has ended. Put its successor there.`);
  }
  const made = await makeCertificate(seal);
  writePem(file, made);
  return { certificate: made, sign };
}

async function makeCertificate({ key, party, now, random }: EvidenceSeal): Promise<Uint8Array> {
  const until = `${Number(now.slice(0, 4)) + YEARS}-01-01T00:00:00.000Z`;
  return makeEvidenceCertificate({
    organisation: party.name,
    country: party.country,
    commonName: 'Evidence seal',
    // Clocks of two machines differ a little: a container that is checked at once must not be from the future.
    from: `${now.slice(0, 10)}T00:00:00.000Z`,
    until,
    serial: random(16),
    publicKey: evidencePublicKey(key),
    sign: evidenceSigner(key),
  });
}

function readChain(file: string): readonly X509Certificate[] {
  if (!existsSync(file)) return [];
  const parts = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return parts.map((part) => new X509Certificate(part));
}

function writePem(file: string, der: Uint8Array): void {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'));
  renameSync(`${file}.new`, file);
}

/** Gives the signer of evidence containers that are dated so. */
export type EvidenceSealer = (at: Instant) => Promise<ContainerSigner>;

/**
 * The signers of a party's evidence containers: which of its keys signs, its card in the directory says, as of other keys; where the directory
 * lists none yet, the first. The certificate of each lies in a folder: `evidence.pem`, then `evidence-2.pem` and so on; that of the present key is
 * looked at now, so that an operator learns of a wrong one at once. A signer is refused by throwing when the directory lists such keys and none
 * holds: `checkKeys` comes first.
 */
export async function evidenceSealer(ring: Keyring, about: EvidencePlace): Promise<EvidenceSealer> {
  const sealer = sealerOf(ring, about);
  const listed = ring.party.keys.filter(({ use }) => use === 'evidence');
  if (listed.length === 0 || listed.some((key) => holdsAt(key, about.now))) await sealer(about.now);
  return sealer;
}

/** Where the certificates lie, and what time it is. */
export interface EvidencePlace {
  readonly dir: string;
  readonly now: Instant;
  readonly random: EvidenceSeal['random'];
}

function sealerOf(ring: Keyring, { dir, random }: EvidencePlace): EvidenceSealer {
  const made = new Map<string, Promise<ContainerSigner>>();
  return async (now) => {
    const { party, keystore } = ring;
    const isListed = party.keys.some(({ use }) => use === 'evidence');
    const id = isListed ? keyAt(party, 'evidence', now)?.id : keystore.keys.evidence[0]?.id;
    const key = keyWithId(keystore.keys.evidence, id ?? '');
    if (id === undefined || key === undefined) throw new Error(`${party.id} has no key of use evidence that holds at ${now}`);
    const number = /-(\d+)$/.exec(id)?.[1] ?? '1';
    const file = join(dir, number === '1' ? 'evidence.pem' : `evidence-${number}.pem`);
    // A certificate that ends is looked at anew on the day.
    const name = `${id} ${now.slice(0, 10)}`;
    const signer = made.get(name) ?? evidenceSeal(file, { key, party, now, random });
    made.set(name, signer);
    return signer;
  };
}

/** How long a delivery waits for a time stamp before it goes without. */
const STAMP_MS = 5_000;

/** Time stamps of the authority at an address; undefined where there is no address. */
export function stampsFrom(url: string | undefined, random: EvidenceSeal['random']): Stamp | undefined {
  return url === undefined ? undefined : askForStamps({ url, fetch, timeoutMs: STAMP_MS, random });
}

import { concatBytes, type Refusal, type Result } from '@comity/core';
import { nodeHashes } from '../../container-hashes.ts';
import { makeEvidenceCertificate } from '../cms/certificate.ts';
import { type EvidenceJwk, evidencePublicKey, evidenceSigner, newEvidenceKey } from '../cms/evidence-key.ts';
import type { ContainerSigner } from '../cms/sign-cms.ts';
import { type Container, readContainer } from '../read-container.ts';
import type { ContainerReport } from '../report.ts';
import { sourceOfBytes } from '../source.ts';
import { verifyContainer } from '../verify-container.ts';
import { type ContainerRequest, type EvidenceFile, writeContainer } from '../write-container.ts';

/** The time of every test. */
export const AT = '2026-11-26T10:00:00.000Z';
export const CASE = '019ab0f2-7c11-7d3a-9a51-3f6c2b1e0a00';

/** A new key with a certificate of its own. */
export async function newSigner(organisation: string): Promise<ContainerSigner & { readonly key: EvidenceJwk }> {
  const key = await newEvidenceKey();
  const sign = evidenceSigner(key);
  const certificate = await makeEvidenceCertificate({
    organisation,
    country: 'IE',
    commonName: 'Evidence seal',
    from: '2026-11-01T00:00:00.000Z',
    until: '2027-11-01T00:00:00.000Z',
    serial: crypto.getRandomValues(new Uint8Array(16)),
    publicKey: evidencePublicKey(key),
    sign,
  });
  return { key, sign, certificate };
}

/** Texts as files of evidence, one item each. */
export function filesOf(texts: Readonly<Record<string, string>>): readonly EvidenceFile[] {
  return Object.entries(texts).map(([name, text], index) => ({
    item: `item-${index + 1}`,
    name,
    mediaType: 'text/csv',
    retention: { until: '2027-01-01T00:00:00.000Z', action: 'destroy' },
    bytes: once(new TextEncoder().encode(text)),
  }));
}

/** Bytes as a stream of one piece. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A container of two files, or as asked. */
export async function makeContainer(request: Partial<ContainerRequest> & Pick<ContainerRequest, 'signer'>): Promise<Uint8Array> {
  return gathered(
    writeContainer(nodeHashes, {
      at: AT,
      files: filesOf({ 'one.csv': 'a,b\r\n1,2\r\n', 'two.csv': 'a,b\r\n3,4\r\n' }),
      order: { type: 'issue', items: ['item-1', 'item-2'] },
      custody: {
        case: CASE,
        authorisation: { id: 'ab'.repeat(32), type: 'eu.epoc', by: 'pn', at: '2026-11-20T08:00:00.000Z' },
        actions: [
          { name: 'minimise', at: '2026-11-25T08:00:00.000Z', by: 'skymail' },
          { name: 'extract', at: AT, by: 'skymail' },
        ],
      },
      ...request,
    }),
  );
}

/** A stream in one piece. */
export async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(Uint8Array.from(piece));
  return concatBytes(...pieces);
}

/** Opens bytes as a container. */
export function opened(bytes: Uint8Array): Promise<Result<Container>> {
  return readContainer(nodeHashes, sourceOfBytes(bytes));
}

/** What checking some bytes gives, or why they are refused. */
export async function checked(bytes: Uint8Array, ...trusted: readonly Uint8Array[]): Promise<ContainerReport | Refusal> {
  const container = await opened(bytes);
  if (!container.ok) return container.refusal;
  const report = await verifyContainer(nodeHashes, container.value, { anchors: { certificates: trusted }, now: AT });
  return report.ok ? report.value : report.refusal;
}

/** The report on some bytes; throws when they are refused. */
export async function reportOn(bytes: Uint8Array, ...trusted: readonly Uint8Array[]): Promise<ContainerReport> {
  const report = await checked(bytes, ...trusted);
  if (!('verdict' in report)) throw new Error(JSON.stringify(report));
  return report;
}

/** A value that must be there. */
export function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

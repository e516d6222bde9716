import type { Instant } from '@comity/core';
import type { Certificate } from 'pkijs';
import { CMS_TYPE, STAMP_TYPE } from './asic-manifest.ts';
import { certificateNames, readCertificate } from './cms/certificate.ts';
import { checkCms } from './cms/check-cms.ts';
import { checkStamp } from './cms/stamp.ts';
import { type Anchors, fingerprintOf, judgeCertificate } from './cms/trust.ts';
import { type Hashes, sha256Of } from './hashes.ts';
import { type Container, fileNamed, type NamedManifest } from './read-container.ts';
import type { AddedStampReport, Signatory, SignatureReport, StampReport } from './report.ts';
import { readWhole } from './zip/read-entry.ts';

/** Whom to trust, and the time at which a signature without a time stamp is looked at. */
export interface Judging {
  readonly anchors: Anchors;
  readonly now: Instant;
}

/** Bytes of a signature or a time stamp. */
const SIGNATURE_BYTES = 1024 * 1024;

/** Checks each signature of a container over its manifest. The digests in the manifests are another matter. */
export async function checkSignatures(
  hashes: Hashes,
  container: Container,
  judging: Judging,
): Promise<readonly SignatureReport[]> {
  const reports: SignatureReport[] = [];
  for (const manifest of container.manifests) {
    if (manifest.signatureType !== STAMP_TYPE) reports.push(await checkSignature(hashes, { container, manifest, judging }));
  }
  return reports;
}

interface Question {
  readonly container: Container;
  readonly manifest: NamedManifest;
  readonly judging: Judging;
}

async function checkSignature(hashes: Hashes, { container, manifest, judging }: Question): Promise<SignatureReport> {
  const about = { name: manifest.signature, manifest: manifest.name, covers: manifest.files.map((file) => file.name) };
  const bytes = await signatureBytes(hashes, container, manifest);
  const known = manifest.signatureType === CMS_TYPE || manifest.signatureType === 'application/x-pkcs7-signature';
  if (bytes === undefined || !known) return { ...about, holds: false, fault: 'unreadable' };
  const checked = await checkCms(bytes, { detached: manifest.bytes });
  if ('fault' in checked) return { ...about, holds: false, fault: checked.fault };
  const stamp =
    checked.token === undefined ? undefined : await judgeStamp(checked.token, sha256Of(hashes, checked.signature), judging);
  // A trusted stamp shows that the signature existed then: its certificate is judged at that time.
  const at = stamp?.by?.trust === 'trusted' && stamp.at !== undefined ? stamp.at : judging.now;
  const by = await signatoryOf(checked.certificate, checked.others, { ...judging, now: at });
  return {
    ...about,
    holds: true,
    by,
    ...(checked.at === undefined ? {} : { at: checked.at }),
    ...(stamp === undefined ? {} : { stamp }),
  };
}

/** Checks each time stamp that was added to a container over its manifest. */
export async function checkAddedStamps(
  hashes: Hashes,
  container: Container,
  judging: Judging,
): Promise<readonly AddedStampReport[]> {
  const reports: AddedStampReport[] = [];
  for (const manifest of container.manifests.filter((one) => one.signatureType === STAMP_TYPE)) {
    const about = { name: manifest.signature, manifest: manifest.name, covers: manifest.files.map((file) => file.name) };
    const token = await signatureBytes(hashes, container, manifest);
    const judged = token === undefined ? { holds: false } : await judgeStamp(token, sha256Of(hashes, manifest.bytes), judging);
    reports.push({ ...about, ...judged });
  }
  return reports;
}

async function judgeStamp(token: Uint8Array, sha256: Uint8Array, judging: Judging): Promise<StampReport> {
  const good = await checkStamp(token, sha256);
  if (good === undefined) return { holds: false };
  const by = await signatoryOf(good.certificate, good.others, { ...judging, now: good.at });
  return { holds: true, at: good.at, by };
}

async function signatoryOf(certificate: Certificate, others: readonly Certificate[], judging: Judging): Promise<Signatory> {
  const anchors = judging.anchors.certificates.map(readCertificate).filter((one) => one !== undefined);
  const trust = await judgeCertificate(certificate, { others, anchors, keys: judging.anchors.keys ?? [], at: judging.now });
  return { ...certificateNames(certificate), fingerprint: await fingerprintOf(certificate), trust };
}

async function signatureBytes(hashes: Hashes, { zip }: Container, { signature }: NamedManifest): Promise<Uint8Array | undefined> {
  const entry = fileNamed(zip, signature);
  const bytes = entry === undefined ? undefined : await readWhole(hashes, zip, { entry, limit: SIGNATURE_BYTES });
  return bytes?.ok === true ? bytes.value : undefined;
}

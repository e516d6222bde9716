import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { ok, type Result, refuse } from '@comity/core';
import { type ContainerSigner, evidenceSigner } from '@comity/formats/container';
import { readText } from '../output.ts';

/** Reads a private key and its certificate (PEM both; more certificates may follow the first). Refuses `certificate-invalid` when they cannot sign containers today. */
export function readSigner(files: { readonly key: string; readonly cert: string }): Result<ContainerSigner> {
  const certificates = readCertificates(files.cert);
  if (!certificates.ok) return certificates;
  const text = readText(files.key);
  if (!text.ok) return text;
  const key = privateKey(text.value);
  const [own, ...chain] = certificates.value;
  const { kty, crv, x, y, d } = key?.asymmetricKeyType === 'ec' ? key.export({ format: 'jwk' }) : {};
  if (key === undefined || kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined || d === undefined)
    return refuse('certificate-invalid', '--key');
  if (own === undefined || !own.checkPrivateKey(key) || !isValidNow(own)) return refuse('certificate-invalid', '--cert');
  return ok({ certificate: own.raw, chain: chain.map((one) => one.raw), sign: evidenceSigner({ kty, crv, x, y, d }) });
}

/** Reads every certificate of a PEM file. */
export function readCertificates(file: string): Result<readonly X509Certificate[]> {
  const text = readText(file);
  if (!text.ok) return text;
  const parts = text.value.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    const found = parts.map((part) => new X509Certificate(part));
    return found.length > 0 ? ok(found) : refuse('certificate-invalid', file);
  } catch {
    // The library throws on what is no certificate.
    return refuse('certificate-invalid', file);
  }
}

function privateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // As above: no key, or one under a passphrase.
    return undefined;
  }
}

function isValidNow(certificate: X509Certificate): boolean {
  const now = Date.now();
  return certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime();
}

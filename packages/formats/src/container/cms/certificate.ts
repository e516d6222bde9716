import { equalBytes, type Instant, millisecondsOf, toInstant } from '@comity/core';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  createCMSECDSASignature,
  Extension,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs';
import { bufferOf, derOf, parsedAs } from './der.ts';
import { OID } from './oids.ts';
import { verifiesWith } from './public-key.ts';

/** Signs with the private key of a certificate: ECDSA on P-256 with SHA-256, the two numbers of 32 bytes side by side (as Web Crypto gives them). */
export type EcdsaSign = (message: Uint8Array) => Promise<Uint8Array>;

export interface CertificateRequest {
  /** The organisation, as its signatures name it. */
  readonly organisation: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** What the key is for, as the last part of the name. */
  readonly commonName: string;
  readonly from: Instant;
  readonly until: Instant;
  /** 1 to 20 random bytes. */
  readonly serial: Uint8Array;
  /** SubjectPublicKeyInfo (DER) of an EC P-256 key, and its private half. */
  readonly publicKey: Uint8Array;
  readonly sign: EcdsaSign;
}

/** digitalSignature and nonRepudiation (RFC 5280 section 4.2.1.3): bits 0 and 1. */
const SIGNING_USAGE = 0b1100_0000;

/**
 * A certificate that an organisation without a trust service makes for its own evidence key (X.509 v3, self-signed, DER). It binds a name
 * to a key and proves nothing about the name: whoever verifies must have the certificate, or the key, from elsewhere.
 */
export async function makeEvidenceCertificate(request: CertificateRequest): Promise<Uint8Array> {
  const certificate = new Certificate();
  certificate.version = 2;
  // The first bit stays clear and the first byte is not zero: positive, and of one spelling.
  const serial = Uint8Array.from(request.serial);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  certificate.serialNumber = new asn1js.Integer({ valueHex: serial.buffer });
  const name = nameOf(request);
  certificate.issuer = name;
  certificate.subject = name;
  certificate.notBefore = timeOf(request.from);
  certificate.notAfter = timeOf(request.until);
  const key = parsedAs(request.publicKey, (schema) => new PublicKeyInfo({ schema }));
  if (key === undefined) throw new TypeError('the public key is no SubjectPublicKeyInfo');
  certificate.subjectPublicKeyInfo = key;
  certificate.extensions = await extensionsOf(key);
  const algorithm = new AlgorithmIdentifier({ algorithmId: OID.ecdsaSha256 });
  certificate.signature = algorithm;
  certificate.signatureAlgorithm = algorithm;
  const tbs = derOf(certificate.encodeTBS());
  certificate.tbsView = tbs;
  const signature = createCMSECDSASignature(bufferOf(await request.sign(tbs)));
  certificate.signatureValue = new asn1js.BitString({ valueHex: signature });
  return derOf(certificate.toSchema(true));
}

function nameOf({ organisation, country, commonName }: CertificateRequest): RelativeDistinguishedNames {
  const part = (type: string, value: asn1js.Utf8String | asn1js.PrintableString): asn1js.Set =>
    new asn1js.Set({ value: [new AttributeTypeAndValue({ type, value }).toSchema()] });
  const name = new asn1js.Sequence({
    value: [
      // RFC 5280 appendix A: countries are printable strings.
      part(OID.country, new asn1js.PrintableString({ value: country })),
      part(OID.organisation, new asn1js.Utf8String({ value: organisation })),
      part(OID.commonName, new asn1js.Utf8String({ value: commonName })),
    ],
  });
  // Read back: the library itself would put all parts into one set.
  const read = parsedAs(derOf(name), (schema) => new RelativeDistinguishedNames({ schema }));
  if (read === undefined) throw new TypeError('the name cannot be written');
  return read;
}

async function extensionsOf(key: PublicKeyInfo): Promise<Extension[]> {
  const constraints = new BasicConstraints({ cA: false });
  const usage = new asn1js.BitString({ valueHex: Uint8Array.of(SIGNING_USAGE).buffer, unusedBits: 6 });
  const keyId = await crypto.subtle.digest('SHA-256', bufferOf(key.subjectPublicKey.valueBlock.valueHexView));
  const id = new asn1js.OctetString({ valueHex: keyId.slice(0, 20) });
  return [
    new Extension({ extnID: OID.basicConstraints, critical: true, extnValue: constraints.toSchema().toBER() }),
    new Extension({ extnID: OID.keyUsage, critical: true, extnValue: usage.toBER() }),
    // RFC 7093: 160 bits of SHA-256.
    new Extension({ extnID: OID.subjectKeyIdentifier, critical: false, extnValue: id.toBER() }),
  ];
}

/** RFC 5280 section 4.1.2.5: UTCTime to the end of 2049, then GeneralizedTime. */
function timeOf(at: Instant): Time {
  return new Time({ type: at < '2050' ? 0 : 1, value: new Date(millisecondsOf(at)) });
}

/** Reads a certificate (DER). Undefined for what is none. */
export function readCertificate(der: Uint8Array): Certificate | undefined {
  return parsedAs(der, (schema) => new Certificate({ schema }));
}

/** What a person needs to know of a certificate. */
export interface CertificateNames {
  readonly commonName: string;
  readonly organisation: string;
  readonly country: string;
  readonly serial: string;
  readonly from: Instant;
  readonly until: Instant;
}

/** The names and the validity of a certificate. */
export function certificateNames(certificate: Certificate): CertificateNames {
  const part = (type: string): string => {
    const found = certificate.subject.typesAndValues.find((one) => one.type === type);
    const value: unknown = found?.value.valueBlock.value;
    return typeof value === 'string' ? value : '';
  };
  const serial = [...certificate.serialNumber.valueBlock.valueHexView].map((byte) => byte.toString(16).padStart(2, '0'));
  return {
    commonName: part(OID.commonName),
    organisation: part(OID.organisation),
    country: part(OID.country),
    serial: serial.join(''),
    from: toInstant(certificate.notBefore.value.getTime()),
    until: toInstant(certificate.notAfter.value.getTime()),
  };
}

/** Whether a certificate was issued with this issuer's key, under this issuer's name. */
export async function issuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  const names = equalBytes(derOf(certificate.issuer.toSchema()), derOf(issuer.subject.toSchema()));
  return (
    names &&
    verifiesWith(issuer, {
      bytes: certificate.tbsView,
      signature: signatureOf(certificate),
      algorithm: certificate.signatureAlgorithm,
    })
  );
}

function signatureOf(certificate: Certificate): Uint8Array {
  return certificate.signatureValue.valueBlock.valueHexView;
}

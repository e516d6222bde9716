import { type Instant, millisecondsOf } from '@comity/core';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  createCMSECDSASignature,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { type EcdsaSign, readCertificate } from './certificate.ts';
import { bufferOf, derOf, parsedAs } from './der.ts';
import { OID } from './oids.ts';

/** Who signs: a certificate (DER) with an EC P-256 key, those that lead from it to a trust service, and the private key wherever it is kept. */
export interface ContainerSigner {
  readonly certificate: Uint8Array;
  readonly chain?: readonly Uint8Array[];
  readonly sign: EcdsaSign;
}

/** Gets a time stamp token (RFC 3161, DER) over a SHA-256 digest; undefined when there is none to be had now. */
export type Stamp = (sha256: Uint8Array) => Promise<Uint8Array | undefined>;

export interface CmsRequest {
  /** What is signed; it is not put into the signature. */
  readonly content: Uint8Array;
  readonly signer: ContainerSigner;
  readonly at: Instant;
  readonly stamp?: Stamp;
}

/**
 * A detached CAdES baseline signature (EN 319 122-1, level B-B; DER): CMS SignedData (RFC 5652) with content type, message digest,
 * signing time and signing certificate v2 signed. With a stamp that answers, the signature time stamp is added (level B-T); without an
 * answer the signature stands all the same. Throws TypeError when the certificate is none.
 */
export async function signCms({ content, signer, at, stamp }: CmsRequest): Promise<Uint8Array> {
  const certificates = [signer.certificate, ...(signer.chain ?? [])].map((der) => {
    const certificate = readCertificate(der);
    if (certificate === undefined) throw new TypeError('the certificate cannot be read');
    return certificate;
  });
  const [own] = certificates;
  if (own === undefined) throw new TypeError('there is no certificate');
  const attributes = await signedAttributes(content, { certificate: signer.certificate, at });
  const signature = await signer.sign(derOf(new asn1js.Set({ value: attributes.map((one) => one.toSchema()) })));
  const value = createCMSECDSASignature(bufferOf(signature));
  const token = await stamp?.(new Uint8Array(await crypto.subtle.digest('SHA-256', value)));
  const info = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.ecdsaSha256 }),
    signature: new asn1js.OctetString({ valueHex: value }),
  });
  if (token !== undefined) info.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes: [stampAttribute(token)] });
  const signed = new SignedData({
    version: 1,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: OID.sha256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates,
    signerInfos: [info],
  });
  return derOf(new ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) }).toSchema());
}

async function signedAttributes(
  content: Uint8Array,
  { certificate, at }: { readonly certificate: Uint8Array; readonly at: Instant },
): Promise<Attribute[]> {
  const digest = await crypto.subtle.digest('SHA-256', bufferOf(content));
  const certificateHash = await crypto.subtle.digest('SHA-256', bufferOf(certificate));
  // RFC 5035: SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }, SHA-256 being the default that DER leaves out.
  const essId = new asn1js.Sequence({ value: [new asn1js.OctetString({ valueHex: certificateHash })] });
  const bound = new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [essId] })] });
  const attributes = [
    attribute(OID.contentType, new asn1js.ObjectIdentifier({ value: OID.data })),
    attribute(OID.messageDigest, new asn1js.OctetString({ valueHex: digest })),
    attribute(OID.signingTime, new asn1js.UTCTime({ valueDate: new Date(millisecondsOf(at)) })),
    attribute(OID.signingCertificateV2, bound),
  ];
  // X.690 section 11.6: the members of a SET OF stand in the order of their encodings.
  return attributes.sort((a, b) => compareBytes(derOf(a.toSchema()), derOf(b.toSchema())));
}

function attribute(type: string, value: asn1js.AsnType): Attribute {
  return new Attribute({ type, values: [value] });
}

function stampAttribute(token: Uint8Array): Attribute {
  const value = parsedAs(token, (schema) => schema);
  if (value === undefined) throw new TypeError('the time stamp cannot be read');
  return attribute(OID.signatureTimeStamp, value);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}

import { equalBytes, type Instant, toInstant } from '@comity/core';
import * as asn1js from 'asn1js';
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs';
import { bufferOf, derOf, parsedAs } from './der.ts';
import { DIGESTS, OID } from './oids.ts';
import { verifiesWith } from './public-key.ts';

/** Why a signature does not hold. */
export const SIGNATURE_FAULTS = [
  'unreadable',
  'no-signer',
  'certificate-missing',
  'algorithm-weak',
  'content-altered',
  'certificate-not-bound',
  'signature-wrong',
] as const;

export type SignatureFault = (typeof SIGNATURE_FAULTS)[number];

/** A signature that holds: who made it and, as they say themselves, when. */
export interface GoodSignature {
  readonly certificate: Certificate;
  /** Other certificates that came with it. */
  readonly others: readonly Certificate[];
  readonly at?: Instant;
  readonly signature: Uint8Array;
  /** The signature time stamp (DER) that it carries. */
  readonly token?: Uint8Array;
  /** What was signed, where it is inside. */
  readonly content?: Uint8Array;
}

export type CheckedSignature = GoodSignature | { readonly fault: SignatureFault };

/** What must have been signed: some bytes that lie elsewhere, or whatever of this type lies inside. */
export type Expected = { readonly detached: Uint8Array } | { readonly inside: string };

/**
 * Checks a CMS signature of one signer (RFC 5652 section 5.4, EN 319 122-1): the digest of the content, its type, the certificate that the
 * signature is bound to, and the signature over these attributes. Whether the certificate is to be trusted is another question.
 */
export async function checkCms(der: Uint8Array, expected: Expected): Promise<CheckedSignature> {
  const signed = signedDataOf(der);
  if (signed === undefined) return { fault: 'unreadable' };
  const [signer, another] = signed.signerInfos;
  if (signer === undefined || another !== undefined) return { fault: 'no-signer' };
  const certificates = (signed.certificates ?? []).filter((one) => one instanceof Certificate);
  const certificate = certificates.find((one) => isSigner(one, signer));
  if (certificate === undefined) return { fault: 'certificate-missing' };
  const content = contentOf(signed, expected);
  if (content === undefined) return { fault: 'content-altered' };
  const wrong = await wrongIn(signer, { certificate, content, type: 'inside' in expected ? expected.inside : OID.data });
  if (wrong !== undefined) return { fault: wrong };
  const at = timeOf(attributeOf(signer, OID.signingTime));
  const token = unsignedOf(signer, OID.signatureTimeStamp);
  return {
    certificate,
    others: certificates.filter((one) => one !== certificate),
    ...(at === undefined ? {} : { at }),
    signature: signer.signature.valueBlock.valueHexView,
    ...(token === undefined ? {} : { token: derOf(token) }),
    ...('inside' in expected ? { content } : {}),
  };
}

function signedDataOf(der: Uint8Array): SignedData | undefined {
  return parsedAs(der, (schema) => {
    const { contentType, content } = new ContentInfo({ schema });
    return contentType === OID.signedData ? new SignedData({ schema: content }) : undefined;
  });
}

/** The bytes that the digest is about; undefined when they lie where they should not, or are of another type. */
function contentOf({ encapContentInfo }: SignedData, expected: Expected): Uint8Array | undefined {
  const { eContent, eContentType } = encapContentInfo;
  if ('detached' in expected) return eContent === undefined && eContentType === OID.data ? expected.detached : undefined;
  return eContentType === expected.inside && eContent !== undefined ? new Uint8Array(eContent.getValue()) : undefined;
}

interface Claim {
  readonly certificate: Certificate;
  readonly content: Uint8Array;
  readonly type: string;
}

async function wrongIn(signer: SignerInfo, { certificate, content, type }: Claim): Promise<SignatureFault | undefined> {
  const digest = DIGESTS[signer.digestAlgorithm.algorithmId];
  if (digest === undefined) return 'algorithm-weak';
  const typed = attributeOf(signer, OID.contentType);
  if (!(typed instanceof asn1js.ObjectIdentifier) || typed.getValue() !== type) return 'content-altered';
  const found = new Uint8Array(await crypto.subtle.digest(digest, bufferOf(content)));
  if (!isOctets(attributeOf(signer, OID.messageDigest), found)) return 'content-altered';
  if (!(await isBound(signer, certificate))) return 'certificate-not-bound';
  const signature = signer.signature.valueBlock.valueHexView;
  // What is signed is the SET OF attributes, not the implicit tag under which it travels (RFC 5652 section 5.4).
  const bytes = Uint8Array.from(new Uint8Array(signer.signedAttrs?.encodedValue ?? new ArrayBuffer(0)));
  bytes[0] = 0x31;
  const good = await verifiesWith(certificate, {
    bytes,
    signature,
    algorithm: signer.signatureAlgorithm,
    digest: signer.digestAlgorithm.algorithmId,
  });
  return good ? undefined : 'signature-wrong';
}

function isSigner(certificate: Certificate, { sid }: SignerInfo): boolean {
  if (sid instanceof IssuerAndSerialNumber) {
    const serial = equalBytes(certificate.serialNumber.valueBlock.valueHexView, sid.serialNumber.valueBlock.valueHexView);
    return serial && equalBytes(derOf(certificate.issuer.toSchema()), derOf(sid.issuer.toSchema()));
  }
  const extension = certificate.extensions?.find((one) => one.extnID === OID.subjectKeyIdentifier);
  const id = extension === undefined ? undefined : parsedAs(extension.extnValue.valueBlock.valueHexView, (value) => value);
  const wanted: unknown = sid;
  return id instanceof asn1js.OctetString && wanted instanceof asn1js.BaseBlock && sameOctets(id, wanted);
}

/** Key identifiers under the implicit tag [0] have the octets of an octet string. */
function sameOctets(id: asn1js.OctetString, sid: asn1js.BaseBlock): boolean {
  const octets = 'valueHexView' in sid.valueBlock ? sid.valueBlock.valueHexView : undefined;
  return octets instanceof Uint8Array && equalBytes(octets, id.valueBlock.valueHexView);
}

/** The one value of a signed attribute that stands exactly once. */
function attributeOf({ signedAttrs }: SignerInfo, type: string): asn1js.AsnType | undefined {
  const found = (signedAttrs?.attributes ?? []).filter((one) => one.type === type);
  return found.length === 1 && found[0]?.values.length === 1 ? found[0].values[0] : undefined;
}

function unsignedOf({ unsignedAttrs }: SignerInfo, type: string): asn1js.AsnType | undefined {
  return unsignedAttrs?.attributes.find((one) => one.type === type)?.values[0];
}

/** RFC 5035 and RFC 2634: the first certificate named in the attribute is the signer's. Without it a certificate could be exchanged for another of the same key. */
async function isBound(signer: SignerInfo, certificate: Certificate): Promise<boolean> {
  const v2 = attributeOf(signer, OID.signingCertificateV2);
  const v1 = attributeOf(signer, OID.signingCertificate);
  const members = membersOf(membersOf(membersOf(v2 ?? v1)[0])[0]);
  const [first] = members;
  const named = first instanceof asn1js.Sequence ? first.valueBlock.value[0] : undefined;
  const algorithm = named instanceof asn1js.ObjectIdentifier ? named.getValue() : OID.sha256;
  const hash = v2 === undefined ? 'SHA-1' : DIGESTS[algorithm];
  if (hash === undefined) return false;
  const digest = new Uint8Array(await crypto.subtle.digest(hash, certificate.toSchema().toBER()));
  return isOctets(named === undefined ? first : members[1], digest);
}

function membersOf(value: asn1js.AsnType | undefined): readonly asn1js.AsnType[] {
  return value instanceof asn1js.Sequence ? value.valueBlock.value : [];
}

function isOctets(value: asn1js.AsnType | undefined, bytes: Uint8Array): boolean {
  return value instanceof asn1js.OctetString && equalBytes(new Uint8Array(value.getValue()), bytes);
}

function timeOf(value: asn1js.AsnType | undefined): Instant | undefined {
  // GeneralizedTime is a kind of UTCTime for the library.
  return value instanceof asn1js.UTCTime ? toInstant(value.toDate().getTime()) : undefined;
}

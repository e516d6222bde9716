import { createHash, type webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  Certificate,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  Extension,
  ExtKeyUsage,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { bufferOf, derOf, readDer } from '../cms/der.ts';
import { OID } from '../cms/oids.ts';

/** A time stamp authority in this process, made with the library's own signing and none of ours. */
export interface TestAuthority {
  readonly certificate: Uint8Array;
  /** Answers a query (RFC 3161) as an authority would over HTTP. */
  readonly answer: (query: Uint8Array) => Promise<Uint8Array>;
  readonly fetch: typeof fetch;
}

export interface AuthorityHabits {
  readonly at: Date;
  /** Extended key usage; that of time stamps when left out. */
  readonly usage?: string;
  /** Stamps another digest than it was asked for. */
  readonly wrongDigest?: boolean;
  /** Repeats another nonce. */
  readonly wrongNonce?: boolean;
  /** Refuses (status 2). */
  readonly refuses?: boolean;
}

const engine = new CryptoEngine({ name: 'node', crypto: globalThis.crypto });

/** Starts an authority with habits. */
export async function newAuthority(habits: AuthorityHabits): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 7 });
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(
      new AttributeTypeAndValue({ type: OID.organisation, value: new asn1js.Utf8String({ value: 'Test Clock' }) }),
    );
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2036-01-01T00:00:00Z');
  const usage = new ExtKeyUsage({ keyPurposes: [habits.usage ?? OID.timeStamping] });
  certificate.extensions = [new Extension({ extnID: OID.extendedKeyUsage, critical: true, extnValue: usage.toSchema().toBER() })];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey, engine);
  await certificate.sign(keys.privateKey, 'SHA-256', engine);
  const answer = (query: Uint8Array): Promise<Uint8Array> => stampQuery(query, { habits, certificate, key: keys.privateKey });
  const fetch = (async (_: unknown, init?: RequestInit) => {
    const body = init?.body instanceof ArrayBuffer ? new Uint8Array(init.body) : new Uint8Array();
    return new Response(Uint8Array.from(await answer(body)));
  }) as typeof globalThis.fetch; // a stand-in: only this form of call is made
  return { certificate: derOf(certificate.toSchema()), answer, fetch };
}

interface Office {
  readonly habits: AuthorityHabits;
  readonly certificate: Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function stampQuery(query: Uint8Array, { habits, certificate, key }: Office): Promise<Uint8Array> {
  if (habits.refuses) return derOf(new TimeStampResp({ status: new PKIStatusInfo({ status: 2 }) }).toSchema());
  const request = new TimeStampReq({ schema: readDer(query) });
  const info = new TSTInfo({
    version: 1,
    policy: '1.2.3.4.5',
    messageImprint: habits.wrongDigest ? otherImprint() : request.messageImprint,
    serialNumber: new asn1js.Integer({ value: 42 }),
    genTime: habits.at,
    ...(request.nonce === undefined ? {} : { nonce: habits.wrongNonce ? new asn1js.Integer({ value: 1 }) : request.nonce }),
  });
  const content = new asn1js.OctetString({ valueHex: info.toSchema().toBER() });
  const signed = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.stampInfo, eContent: content }),
    certificates: [certificate],
    signerInfos: [signerInfo(certificate, new Uint8Array(info.toSchema().toBER()))],
  });
  await signed.sign(key, 0, 'SHA-256', undefined, engine);
  const token = new ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) });
  return derOf(new TimeStampResp({ status: new PKIStatusInfo({ status: 0 }), timeStampToken: token }).toSchema());
}

function signerInfo(certificate: Certificate, info: Uint8Array): SignerInfo {
  const hash = (bytes: ArrayBuffer | Uint8Array): asn1js.OctetString =>
    new asn1js.OctetString({ valueHex: bufferOf(createHash('sha256').update(new Uint8Array(bytes)).digest()) });
  const bound = new asn1js.Sequence({ value: [hash(certificate.toSchema().toBER())] });
  const attributes = [
    new Attribute({ type: OID.contentType, values: [new asn1js.ObjectIdentifier({ value: OID.stampInfo })] }),
    new Attribute({ type: OID.messageDigest, values: [hash(info)] }),
    new Attribute({
      type: OID.signingCertificateV2,
      values: [new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [bound] })] })],
    }),
  ];
  return new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
  });
}

function otherImprint(): MessageImprint {
  return new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    hashedMessage: new asn1js.OctetString({ valueHex: new ArrayBuffer(32) }),
  });
}

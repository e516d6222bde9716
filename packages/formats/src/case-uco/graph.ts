import { canonicalJson, type Instant, type JsonObject, type Sha256, utf8 } from '@comity/core';
import { CONTEXT, fileNode, type IdOf, idsOf, type Node, organisation, ref, time } from './nodes.ts';

/** An act of a case, as the graph tells it. */
export interface ToldAct {
  readonly digest: string;
  readonly type: string;
  readonly at: Instant;
  readonly party: string;
  readonly role: string;
  /** Digests of the acts that it was made in knowledge of. */
  readonly prev: readonly string[];
  /** Items that it decides. */
  readonly items: readonly string[];
  /** The article or treaty that it rests on, where the procedure names one. */
  readonly cite?: string;
}

/** A sealed file that an act of the case announces. */
export interface ToldObject {
  readonly item: string;
  readonly sha256: string;
  readonly size: number;
  /** Digest of the act. */
  readonly by: string;
}

/** A case as a graph of custody needs it: no name of a person, no identifier, no content. */
export interface ToldCase {
  readonly case: string;
  readonly procedure: string;
  readonly opened: Instant;
  readonly closed: boolean;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly items: readonly string[];
  readonly acts: readonly ToldAct[];
  readonly objects: readonly ToldObject[];
}

/** Acts by which somebody allows what is done. */
const ALLOWING = [
  'issue',
  'issue-unvalidated',
  'validate',
  'validate-afterwards',
  'approve',
  'admit',
  'forward',
  'recognise',
  'choose',
  'agree',
];

/**
 * The custody of a case as a graph of CASE 1.4 and UCO 1.4 (JSON-LD): the investigation, an authorization for each act that allows something, each act as an investigative action informed by those that it knew
 * of, a provenance record for each item, and each sealed file with its SHA-256. The same case gives the same graph. It says what the acts say; whether they are sound, the case file proves.
 */
export function caseGraph(told: ToldCase, sha256: Sha256): JsonObject {
  const idOf = idsOf(told.case, sha256);
  const allowing = told.acts.filter(({ type }) => ALLOWING.includes(type));
  return {
    '@context': CONTEXT,
    '@graph': [
      investigation(told, allowing, idOf),
      ...allowing.map((act) => authorisation(act, idOf)),
      ...told.parties.map((party) => organisation(party, idOf)),
      ...told.acts.map((act) => action(told, act, idOf)),
      ...told.items.map((item) => provenance(told, item, idOf)),
      ...told.objects.map((object) =>
        fileNode({ ...object, id: object.sha256, name: `${object.sha256}.age`, mediaType: 'application/octet-stream' }, idOf),
      ),
    ],
  };
}

/** The graph as bytes: canonical JSON (RFC 8785). */
export function caseGraphBytes(told: ToldCase, sha256: Sha256): Uint8Array {
  return utf8(canonicalJson(caseGraph(told, sha256)));
}

function investigation(told: ToldCase, allowing: readonly ToldAct[], idOf: IdOf): Node {
  return {
    '@id': idOf('investigation'),
    '@type': 'case-investigation:Investigation',
    'uco-core:name': told.case,
    'uco-core:description': [told.procedure],
    'uco-core:startTime': time(told.opened),
    'case-investigation:investigationStatus': told.closed ? 'closed' : 'open',
    ...(allowing.length === 0
      ? {}
      : { 'case-investigation:relevantAuthorization': allowing.map(({ digest }) => ref(idOf('authorization', digest))) }),
    'uco-core:object': told.acts.map(({ digest }) => ref(idOf('action', digest))),
  };
}

function authorisation({ digest, type, cite, at, party }: ToldAct, idOf: IdOf): Node {
  return {
    '@id': idOf('authorization', digest),
    '@type': 'case-investigation:Authorization',
    'case-investigation:authorizationType': type,
    'case-investigation:authorizationIdentifier': [digest],
    ...(cite === undefined ? {} : { 'uco-core:description': [cite] }),
    'uco-core:startTime': time(at),
    'uco-core:createdBy': ref(idOf('organization', party)),
  };
}

function action(told: ToldCase, act: ToldAct, idOf: IdOf): Node {
  const known = new Set(told.acts.map(({ digest }) => digest));
  const before = act.prev.filter((digest) => known.has(digest));
  const items = act.items.filter((item) => told.items.includes(item));
  const files = told.objects.filter(({ by }) => by === act.digest);
  const result = [
    ...items.map((item) => ref(idOf('provenance-record', item))),
    ...files.map(({ sha256 }) => ref(idOf('file', sha256))),
  ];
  return {
    '@id': idOf('action', act.digest),
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': act.type,
    'uco-core:description': [`${act.role} · ${act.digest}`],
    'uco-action:startTime': time(act.at),
    'uco-action:endTime': time(act.at),
    'uco-action:performer': ref(idOf('organization', act.party)),
    ...(before.length === 0 ? {} : { 'case-investigation:wasInformedBy': before.map((digest) => ref(idOf('action', digest))) }),
    ...(result.length === 0 ? {} : { 'uco-action:result': result }),
  };
}

function provenance(told: ToldCase, item: string, idOf: IdOf): Node {
  const files = told.objects.filter((object) => object.item === item);
  return {
    '@id': idOf('provenance-record', item),
    '@type': 'case-investigation:ProvenanceRecord',
    'case-investigation:exhibitNumber': item,
    ...(files.length === 0 ? {} : { 'uco-core:object': files.map(({ sha256 }) => ref(idOf('file', sha256))) }),
  };
}

import { canonicalJson, type Instant, type Json, toHex, utf8 } from '@comity/core';
import { type Hashes, sha256Of } from './hashes.ts';
import type { ListedItem } from './items.ts';

/** Something that was done with the items on the way into the container. No names of people: the acts of the case have their pseudonyms. */
export interface CustodyAction {
  /** What was done: `minimise`, `extract`, `receive`. */
  readonly name: string;
  readonly at: Instant;
  /** Id of the party that did it. */
  readonly by: string;
  /** Why, or with what, in words of the custodian. */
  readonly note?: string;
}

/** Where the evidence comes from and who had it. */
export interface Custody {
  readonly case: string;
  /** The act that orders the data: its digest, the procedure it belongs to, its maker and time. */
  readonly authorisation?: { readonly id: string; readonly type: string; readonly by: string; readonly at: Instant };
  /** In the order in which they were done. */
  readonly actions: readonly CustodyAction[];
}

const CONTEXT = {
  '@vocab': 'https://ontology.caseontology.org/case/investigation/',
  kb: 'urn:comity:kb:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

type Node = Readonly<Record<string, Json>>;
type IdOf = (kind: string, ...parts: readonly string[]) => string;

/**
 * The chain of custody as a graph of CASE 1.4 and UCO 1.4 (JSON-LD, in RFC 8785 form): the investigation and its authorisation, the
 * organisations, each action with what informed it, a provenance record for each item, and each file with its SHA-256. The same input
 * gives the same bytes.
 */
export function custodyBytes(hashes: Hashes, custody: Custody, items: readonly ListedItem[]): Uint8Array {
  const idOf: IdOf = (kind, ...parts) => `kb:${kind}-${uuidOf(hashes, [custody.case, kind, ...parts])}`;
  const parties = new Set([
    ...custody.actions.map((action) => action.by),
    ...(custody.authorisation ? [custody.authorisation.by] : []),
  ]);
  const graph = [
    investigation(custody, idOf),
    ...authorisation(custody, idOf),
    ...[...parties].map((party) => ({
      '@id': idOf('organization', party),
      '@type': 'uco-identity:Organization',
      'uco-core:name': party,
    })),
    ...custody.actions.map((_, index) => action(custody, { index, items, idOf })),
    ...items.flatMap((item) => [provenance(item, idOf), file(item, idOf)]),
  ];
  return utf8(canonicalJson({ '@context': CONTEXT, '@graph': graph }));
}

function investigation({ case: id, authorisation: basis, actions }: Custody, idOf: IdOf): Node {
  return {
    '@id': idOf('investigation'),
    '@type': 'case-investigation:Investigation',
    'uco-core:name': id,
    ...(basis === undefined ? {} : { 'case-investigation:relevantAuthorization': [ref(idOf('authorization', basis.id))] }),
    'uco-core:object': actions.map((one, index) => ref(idOf('action', one.name, String(index)))),
  };
}

function authorisation({ authorisation: basis }: Custody, idOf: IdOf): readonly Node[] {
  if (basis === undefined) return [];
  return [
    {
      '@id': idOf('authorization', basis.id),
      '@type': 'case-investigation:Authorization',
      'case-investigation:authorizationType': basis.type,
      'case-investigation:authorizationIdentifier': [basis.id],
      'uco-core:startTime': time(basis.at),
      'uco-core:createdBy': ref(idOf('organization', basis.by)),
    },
  ];
}

interface ActionPlace {
  readonly index: number;
  readonly items: readonly ListedItem[];
  readonly idOf: IdOf;
}

function action({ actions }: Custody, { index, items, idOf }: ActionPlace): Node {
  const [one, before] = [actions[index], actions[index - 1]];
  if (one === undefined) throw new RangeError(`no action ${index}`);
  return {
    '@id': idOf('action', one.name, String(index)),
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': one.name,
    ...(one.note === undefined ? {} : { 'uco-core:description': [one.note] }),
    'uco-action:startTime': time(one.at),
    'uco-action:endTime': time(one.at),
    'uco-action:performer': ref(idOf('organization', one.by)),
    ...(before === undefined
      ? {}
      : { 'case-investigation:wasInformedBy': [ref(idOf('action', before.name, String(index - 1)))] }),
    'uco-action:result': items.map((item) => ref(idOf('provenance-record', item.item, item.name))),
  };
}

function provenance(item: ListedItem, idOf: IdOf): Node {
  return {
    '@id': idOf('provenance-record', item.item, item.name),
    '@type': 'case-investigation:ProvenanceRecord',
    'case-investigation:exhibitNumber': item.item,
    'uco-core:object': [ref(idOf('file', item.name))],
  };
}

function file(item: ListedItem, idOf: IdOf): Node {
  return {
    '@id': idOf('file', item.name),
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': [
      {
        '@id': idOf('file-facet', item.name),
        '@type': 'uco-observable:FileFacet',
        'uco-observable:fileName': item.name,
        'uco-observable:sizeInBytes': { '@type': 'xsd:integer', '@value': String(item.size) },
      },
      {
        '@id': idOf('content-data-facet', item.name),
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:mimeType': [item.mediaType],
        'uco-observable:hash': [
          {
            '@id': idOf('hash', item.name),
            '@type': 'uco-types:Hash',
            'uco-types:hashMethod': 'SHA256',
            'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': item.sha256 },
          },
        ],
      },
    ],
  };
}

function ref(id: string): Node {
  return { '@id': id };
}

function time(at: Instant): Node {
  return { '@type': 'xsd:dateTime', '@value': at };
}

/** A UUID of version 8 (RFC 9562 section 5.8) made from a digest: graph nodes of UCO end in UUIDs, and ours are the same each time. */
function uuidOf(hashes: Hashes, parts: readonly string[]): string {
  const bytes = sha256Of(hashes, utf8(canonicalJson(parts))).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

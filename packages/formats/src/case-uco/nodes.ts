import { canonicalJson, type Instant, type Json, toHex, utf8 } from '@comity/core';

/** What the prefixes of CASE 1.4 and UCO 1.4 stand for. */
export const CONTEXT = {
  '@vocab': 'https://ontology.caseontology.org/case/investigation/',
  kb: 'urn:comity:kb:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** A node of a graph. */
export type Node = Readonly<Record<string, Json>>;
/** Names a node by what it is of: the same each time. */
export type IdOf = (kind: string, ...parts: readonly string[]) => string;

/** Names for the nodes of one case. `sha256` hashes bytes. */
export function idsOf(caseId: string, sha256: (bytes: Uint8Array) => Uint8Array): IdOf {
  return (kind, ...parts) => `kb:${kind}-${uuidOf(sha256, [caseId, kind, ...parts])}`;
}

export function ref(id: string): Node {
  return { '@id': id };
}

export function time(at: Instant): Node {
  return { '@type': 'xsd:dateTime', '@value': at };
}

/** An organisation; people have pseudonyms inside it, which are none of the graph's business. */
export function organisation(party: { readonly id: string; readonly name: string }, idOf: IdOf): Node {
  return { '@id': idOf('organization', party.id), '@type': 'uco-identity:Organization', 'uco-core:name': party.name };
}

/** A file with its name, size, type and SHA-256. */
export interface FileFacts {
  /** What it is named by in the graph. */
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly sha256: string;
}

export function fileNode(file: FileFacts, idOf: IdOf): Node {
  return {
    '@id': idOf('file', file.id),
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': [
      {
        '@id': idOf('file-facet', file.id),
        '@type': 'uco-observable:FileFacet',
        'uco-observable:fileName': file.name,
        'uco-observable:sizeInBytes': { '@type': 'xsd:integer', '@value': String(file.size) },
      },
      {
        '@id': idOf('content-data-facet', file.id),
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:mimeType': [file.mediaType],
        'uco-observable:hash': [
          {
            '@id': idOf('hash', file.id),
            '@type': 'uco-types:Hash',
            'uco-types:hashMethod': 'SHA256',
            'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': file.sha256 },
          },
        ],
      },
    ],
  };
}

/** A UUID of version 8 (RFC 9562 section 5.8) made from a digest: graph nodes of UCO end in UUIDs, and ours are the same each time. */
function uuidOf(sha256: (bytes: Uint8Array) => Uint8Array, parts: readonly string[]): string {
  const bytes = sha256(utf8(canonicalJson(parts))).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import { canonicalJson, type Instant, utf8 } from '@comity/core';
import { CONTEXT, fileNode, type IdOf, idsOf, type Node, organisation, ref, time } from '../case-uco/nodes.ts';
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

/**
 * The chain of custody as a graph of CASE 1.4 and UCO 1.4 (JSON-LD, in RFC 8785 form): the investigation and its authorisation, the
 * organisations, each action with what informed it, a provenance record for each item, and each file with its SHA-256. The same input
 * gives the same bytes.
 */
export function custodyBytes(hashes: Hashes, custody: Custody, items: readonly ListedItem[]): Uint8Array {
  const idOf = idsOf(custody.case, (bytes) => sha256Of(hashes, bytes));
  const parties = new Set([
    ...custody.actions.map((action) => action.by),
    ...(custody.authorisation ? [custody.authorisation.by] : []),
  ]);
  const graph = [
    investigation(custody, idOf),
    ...authorisation(custody, idOf),
    ...[...parties].map((party) => organisation({ id: party, name: party }, idOf)),
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
  return fileNode({ ...item, id: item.name }, idOf);
}

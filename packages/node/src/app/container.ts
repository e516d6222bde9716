import type { Json } from '@comity/core';
import { nodeHashes } from '@comity/formats';
import { type Custody, type CustodyAction, writeContainer } from '@comity/formats/container';
import { type CaseState, decisionsOf, type Trace } from '@comity/procedure';
import { actsOf } from '../store/acts.ts';
import type { House } from './house.ts';

/** Acts that ask for the data and allow them to go: the container carries them as they were signed. */
const ORDERING = [
  'draft',
  'issue',
  'issue-unvalidated',
  'validate',
  'validate-afterwards',
  'send',
  'clear',
  'forward',
  'admit',
  'certify',
  'confirm',
  'approve-sharing',
  'serve',
];
/** Acts of the holder on the way to the container. */
const HANDLING = ['receive-order', 'minimise'];

/** One item's data on their way, and what the container says of them. */
export interface Evidence {
  readonly state: CaseState;
  readonly procedure: string;
  readonly item: string;
  readonly retainedUntil: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * An item as an evidence container (ASiC-E with CAdES), one stream: its data as `evidence/<item>.csv`, the acts that order it, its custody,
 * signed with the party's evidence key. The acts stand there without their sections: whom the data are about is not repeated.
 */
export async function evidenceContainer(house: House, evidence: Evidence): Promise<AsyncIterable<Uint8Array>> {
  const { state, procedure, item, retainedUntil, bytes } = evidence;
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, state.case, house.subjects));
  const ordering = new Set(state.done.filter((trace) => ORDERING.includes(trace.type)).map((trace) => trace.digest));
  const signed = acts
    .filter((act) => ordering.has(act.digest))
    .map(({ digest, body, signatures }) => ({ digest, body, signatures }));
  const at = house.now();
  return writeContainer(nodeHashes, {
    at,
    files: [{ item, name: `${item}.csv`, mediaType: 'text/csv', retention: { until: retainedUntil, action: 'destroy' }, bytes }],
    // Parser: acts are made of JSON values alone.
    order: { case: state.case, procedure, acts: signed } as unknown as Json,
    custody: custodyOf(house, evidence),
    signer: await house.evidence(at),
    ...(house.stamp === undefined ? {} : { stamp: house.stamp }),
  });
}

function custodyOf(house: House, { state, procedure, item }: Evidence): Custody {
  const [opening] = state.done;
  const handled = state.done.filter((trace) => HANDLING.includes(trace.type) && isAbout(trace, item));
  const actions: readonly CustodyAction[] = [
    ...handled.map(({ type, at, party }) => ({ name: type, at, by: party })),
    { name: 'extract', at: house.now(), by: house.party.id },
  ];
  if (opening === undefined) return { case: state.case, actions };
  const { digest: id, party: by, at } = opening;
  return { case: state.case, actions, authorisation: { id, type: procedure, by, at } };
}

/** Whether an act decides this item, or is about the case as a whole. */
function isAbout({ data }: Trace, item: string): boolean {
  const decisions = decisionsOf(data);
  return decisions.length === 0 || decisions.some((decision) => decision.item === item);
}

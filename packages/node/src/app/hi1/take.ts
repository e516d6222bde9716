import type { JsonObject } from '@comity/core';
import {
  asKind,
  errorOf,
  type Finding,
  faultOf,
  type Hi1Message,
  hasFault,
  kindOf,
  type RequestAction,
  type ResponseAction,
  readOrder,
  refusedAction,
  statusFrom,
  typeNameOf,
  valueIn,
} from '@comity/formats/hi1';
import { draftFromOrder, type ImportDraft } from '@comity/formats/intake';
import { lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { findPart } from '../../store/hi1Deliveries.ts';
import { findObject, findTakenHi1, insertObjects, noteTakenHi1, touchObjects } from '../../store/hi1Objects.ts';
import { findImport, moveImport } from '../../store/imports.ts';
import { standInLog } from '../entry.ts';
import { type House, NODE_PERSON } from '../house.ts';
import { logImport } from '../imports/log.ts';
import { takeIn } from '../imports/takeIn.ts';
import { noteAcknowledged } from './acknowledge.ts';
import type { SignedRequest } from './answer.ts';
import { takeDeliveries } from './takeDelivery.ts';

/** A request that is being taken, and what the linter found of it. */
export type Taking = SignedRequest & {
  readonly digest: string;
  readonly findings: readonly Finding[];
  readonly actions: readonly RequestAction[];
};
type Creating = Extract<RequestAction, { readonly verb: 'CREATE' | 'UPDATE' }>;
/** What is answered to each action. */
export type Answers = Map<number, ResponseAction>;

/** Kinds that a request may create here, besides the order itself. */
const WITH_AN_ORDER = ['authorisation', 'disclosure', 'preservation', 'document', 'encryption'];

/** What was answered to the actions that change something; or that another message was taken under the same transaction. */
type Taken = { readonly kind: 'answers'; readonly answers: ReadonlyMap<number, ResponseAction> } | { readonly kind: 'conflict' };

/**
 * Takes what a request creates or changes, once, in one transaction with the note that it was taken. All that it creates becomes one import in quarantine, with the message as it came. The same message again,
 * also at the same moment, gives the same answers; another one under its transaction changes nothing.
 */
export async function takeChanges(house: House, taking: Taking): Promise<Taken> {
  const entries: string[] = [];
  const { transaction } = taking.read.message.header;
  const about = { sender: taking.authority.id, transaction };
  const taken = await house.db.transaction().execute(async (tx): Promise<Taken> => {
    await lockCase(tx, `hi1/${about.sender}/${transaction}`);
    const before = await findTakenHi1(tx, about);
    if (before !== undefined) return before.digest === taking.digest ? answersIn(before.answers) : { kind: 'conflict' };
    const made: Answers = new Map();
    entries.push(...(await create(house, tx, { taking, made })));
    for (const action of taking.actions)
      if (action.verb === 'UPDATE') entries.push(...(await update(house, tx, { taking, action, made })));
    entries.push(...(await takeDeliveries(house, tx, { taking, made })));
    const told = JSON.stringify([...made.values()]);
    await noteTakenHi1(tx, { ...about, digest: taking.digest, answers: told, arrived: house.now() });
    return { kind: 'answers', answers: made };
  });
  await standInLog(house, entries);
  return taken;
}

function answersIn(text: string): Taken {
  const answers: readonly ResponseAction[] = JSON.parse(text); // parser: written by takeChanges
  return { kind: 'answers', answers: new Map(answers.map((answer) => [answer.id, answer])) };
}

/** Everything that may be created, as one import; or nothing, where no authorisation with a task is among it. */
async function create(
  house: House,
  tx: Tx,
  { taking, made }: { readonly taking: Taking; readonly made: Answers },
): Promise<readonly string[]> {
  const asked = taking.actions.filter((action): action is Creating => action.verb === 'CREATE');
  for (const action of asked) {
    const error = (await refusalOf(tx, action, taking)) ?? undefined;
    if (error !== undefined) made.set(action.id, refusedAction(action.id, error));
  }
  const sound = asked.filter(({ id }) => !made.has(id));
  const authorisations = sound.filter(({ object }) => kindOf(object) === 'authorisation');
  const tasks = sound.filter(({ object }) => ['disclosure', 'preservation'].includes(kindOf(object) ?? ''));
  const alone = authorisations.length !== 1 || tasks.length === 0;
  if (alone) {
    const says = 'A request is taken whole: exactly one authorisation, and at least one task under it that is sound.';
    for (const { id } of sound) made.set(id, refusedAction(id, errorOf('not-taken', says)));
    return [];
  }
  const draft = draftOf(taking, sound);
  const { id, entry } = await takeIn(house, tx, {
    kind: 'hi1',
    bytes: taking.bytes,
    draft,
    sender: taking.authority.id,
    role: NODE_PERSON,
  });
  await insertObjects(
    tx,
    sound.map(({ object }) => objectRow(object, { id, sender: taking.authority.id, at: house.now() })),
  );
  for (const { id: action, object } of sound)
    made.set(action, { id: action, verb: 'CREATE', identifier: String(object['ObjectIdentifier']) });
  return [entry];
}

async function refusalOf(
  tx: Tx,
  action: Creating,
  { findings, authority }: Taking,
): Promise<ReturnType<typeof errorOf> | undefined> {
  const fault = faultOf(action, findings);
  if (fault !== undefined) return fault;
  const kind = kindOf(action.object);
  if (kind === undefined || !WITH_AN_ORDER.includes(kind))
    return errorOf('not-supported', 'Objects of this type are not created here.');
  const owner = action.object['OwnerIdentifier'];
  if (owner !== authority.endpoint?.UniqueIdentifier)
    return errorOf('not-allowed', 'The object has another owner than whoever signed.');
  const known = await findObject(tx, String(action.object['ObjectIdentifier']));
  return known === undefined ? undefined : errorOf('not-allowed', 'An object with this identifier is here already.');
}

function objectRow(object: JsonObject, about: { readonly id: string; readonly sender: string; readonly at: string }) {
  const task = kindOf(object) === 'disclosure' || kindOf(object) === 'preservation';
  const external = object['ExternalIdentifier'];
  return {
    id: String(object['ObjectIdentifier']),
    sender: about.sender,
    import: about.id,
    type: typeNameOf(object),
    item: task ? String(external ?? object['ObjectIdentifier']) : null,
    generation: 1,
    changed: about.at,
  };
}

/** What the clerk sees beside the original; where a person must say first what is meant, only what is open. */
function draftOf({ read, findings }: Taking, sound: readonly Creating[]): ImportDraft {
  const message: Hi1Message = { header: read.message.header, body: { kind: 'request', actions: sound } };
  const about = findings.filter(
    ({ path }) => !path.startsWith('action ') || sound.some(({ id }) => path.startsWith(`action ${id}: `)),
  );
  const order = readOrder(message);
  if (order.ok && !hasFault(about)) return draftFromOrder(order.value, about);
  const open = about.filter(({ weight }) => weight !== 'note').map(({ code, path }) => ({ code, path }));
  return { values: [], items: [], open, readable: true };
}

/** One change is taken: that an order is cancelled by whoever sent it, before it was taken up. Everything else is a new order. */
async function update(
  house: House,
  tx: Tx,
  about: {
    readonly taking: Taking;
    readonly action: Extract<RequestAction, { readonly verb: 'CREATE' | 'UPDATE' }>;
    readonly made: Answers;
  },
): Promise<readonly string[]> {
  const { taking, action, made } = about;
  const no = (kind: Parameters<typeof errorOf>[0], says: string): readonly string[] => {
    made.set(action.id, refusedAction(action.id, errorOf(kind, says)));
    return [];
  };
  const fault = faultOf(action, taking.findings);
  if (fault !== undefined) return no('not-taken', fault.says);
  if (kindOf(action.object) === 'delivery') return acknowledged(house, tx, about);
  const authorisation = asKind(action.object, 'authorisation');
  const found = await findObject(tx, authorisation?.ObjectIdentifier ?? '');
  if (authorisation === undefined || statusFrom(authorisation['auth:AuthorisationDesiredStatus']) !== 'WITHDRAWN')
    return no(
      'not-allowed',
      'Of an order that was sent, only its cancellation is taken here. Please send what has changed as a new order.',
    );
  if (found === undefined || found.sender !== taking.authority.id)
    return no('not-found', 'There is no such object of yours here.');
  await lockCase(tx, found.import);
  const stored = await findImport(tx, found.import);
  if (stored?.state !== 'quarantined' && stored?.state !== 'proposed')
    return no('not-allowed', 'This was decided already. Please call; it is stopped by the persons who work on it.');
  const entry = await logImport(house, tx, {
    id: stored.id,
    step: 'withdrawn',
    decision: 'withdrawn',
    role: NODE_PERSON,
    basis: [taking.authority.id],
  });
  await moveImport(tx, stored.id, { state: 'withdrawn' });
  await touchObjects(tx, stored.id, entry.at);
  made.set(action.id, { id: action.id, verb: 'UPDATE', identifier: found.id });
  return [entry.id];
}

/** Of a delivery one change is taken: that whoever asked has received a part of it. */
async function acknowledged(
  house: House,
  tx: Tx,
  { taking, action, made }: { readonly taking: Taking; readonly action: Creating; readonly made: Answers },
): Promise<readonly string[]> {
  const { id } = action;
  const delivery = asKind(action.object, 'delivery');
  const wished = valueIn(delivery?.['delivery:DeliveryDesiredStatus'], 'ETSI', 'DeliveryDesiredStatus');
  const [found, part] = [
    await findObject(tx, delivery?.ObjectIdentifier ?? ''),
    await findPart(tx, delivery?.ObjectIdentifier ?? ''),
  ];
  if (found === undefined || part === undefined || found.sender !== taking.authority.id)
    made.set(id, refusedAction(id, errorOf('not-found', 'There is no such object for you here.')));
  else if (wished !== 'Received' && wished !== 'Acknowledged')
    made.set(id, refusedAction(id, errorOf('not-allowed', 'Of a delivery, only that it was received is taken here.')));
  else {
    await lockCase(tx, found.import);
    made.set(id, { id, verb: 'UPDATE', identifier: found.id });
    return noteAcknowledged(house, tx, part);
  }
  return [];
}

import { ok, type Result, refuse, uuid7 } from '@comity/core';
import { type DeliveryTarget, deliveryTarget, type Hi1Message, inParts, readOrder } from '@comity/formats/hi1';
import { sha256Hex } from '../../keys/crypto.ts';
import { lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { deliveriesOf, insertDelivery, insertPart, type StoredDelivery } from '../../store/hi1Deliveries.ts';
import { objectsOfImport, type StoredObject } from '../../store/hi1Objects.ts';
import { findImport, type StoredImport } from '../../store/imports.ts';
import { standInLog } from '../entry.ts';
import type { House, Person } from '../house.ts';
import { logImport } from '../imports/log.ts';
import { needReason } from '../read.ts';
import { checkSealedTo } from '../sealedFor.ts';
import { originalMessage } from './original.ts';

/** What a person answers to a task of a foreign order: a file that was sealed elsewhere to the key that the order names, or only whether data exist. */
export type TaskAnswer =
  | { readonly kind: 'data'; readonly file: Uint8Array }
  | { readonly kind: 'existence'; readonly exists: boolean };

interface Ask {
  readonly import: string;
  /** The item of the order, as its draft names it. */
  readonly item: string;
  readonly answer: TaskAnswer;
}

/**
 * Takes the answer to a task of an order that came as message and was taken up. It waits until a second person releases it (`decideAnswer`). The node cannot open the file; it sees that it is sealed, to one key of
 * the kind that the order names. Gives the number of the delivery. Errors: `import-unknown`, `reason-required`, `import-not-taken-up`, `item-unknown`, `item-not-open` where an answer
 * waits or was given, `recipient-unknown` where the order names no key of ours, `existence-only`, `upload-not-sealed`, `body-too-large`, `log-slow`.
 */
export async function answerTask(house: House, person: Person, ask: Ask): Promise<Result<string>> {
  const stored = await findImport(house.db, ask.import);
  if (stored === undefined) return refuse('import-unknown', 'id');
  const reason = await needReason(house, person, ask.import);
  if (!reason.ok) return reason;
  const target = await targetOf(house, stored, ask.item);
  if (!target.ok) return target;
  const parts = await partsFor(target.value, ask.answer);
  if (!parts.ok) return parts;
  const done = await house.db.transaction().execute(async (tx): Promise<Result<Kept>> => {
    await lockCase(tx, stored.id);
    const now = await findImport(tx, stored.id);
    if (now?.state !== 'taken-up') return refuse('import-not-taken-up', 'id');
    const before = (await deliveriesOf(tx, stored.id)).find((one) => one.item === ask.item && isStanding(one));
    if (before !== undefined) return refuse('item-not-open', 'item', { item: ask.item, state: before.state });
    return ok(await keep(house, tx, { stored: now, person, ask, target: target.value, parts: parts.value }));
  });
  if (!done.ok) return done;
  return (await standInLog(house, [done.value.entry])) ? ok(done.value.delivery) : refuse('log-slow');
}

interface Kept {
  readonly delivery: string;
  readonly entry: string;
}

function isStanding({ state }: StoredDelivery): boolean {
  return state !== 'discarded' && state !== 'refused';
}

async function targetOf(house: House, stored: StoredImport, item: string): Promise<Result<DeliveryTarget>> {
  if (stored.state !== 'taken-up' || stored.sender === null) return refuse('import-not-taken-up', 'id');
  const message = await originalMessage(house, stored.id);
  if (message === undefined) return refuse('already-erased', 'id');
  const task = taskFor(message, { item, taken: await objectsOfImport(house.db, stored.id) });
  if (task === undefined) return refuse('item-unknown', 'item', { item });
  const target = deliveryTarget(message, task);
  return target === undefined ? refuse('recipient-unknown', 'item') : ok(target);
}

/** The task that asks for an item, among those that were taken: a combined type of data is one task with two items. An order that a person must read is answered task by task. */
function taskFor(
  { header, body }: Hi1Message,
  { item, taken }: { readonly item: string; readonly taken: readonly StoredObject[] },
): string | undefined {
  if (body.kind !== 'request') return undefined;
  const ids = new Set(taken.map(({ id }) => id));
  const actions = body.actions.filter((action) => 'object' in action && ids.has(String(action.object['ObjectIdentifier'])));
  const order = readOrder({ header, body: { kind: 'request', actions } });
  return order.ok ? order.value.ids.tasks[item] : taken.find((one) => one.item === item)?.id;
}

/** The bytes of each part; none where only existence is answered. */
async function partsFor(target: DeliveryTarget, answer: TaskAnswer): Promise<Result<readonly (Uint8Array | undefined)[]>> {
  if (answer.kind === 'existence') return ok([undefined]);
  if (target.existenceOnly) return refuse('existence-only', 'item');
  const sealed = await checkSealedTo([{ name: 'item', recipient: target.recipient }], piecesOf(answer.file));
  if (!sealed.ok) return sealed;
  const parts = inParts(answer.file);
  return parts === undefined ? refuse('body-too-large') : ok(parts);
}

/** A file in memory as the stream that its reader takes. */
export async function* piecesOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield file;
}

interface Keeping {
  readonly stored: StoredImport;
  readonly person: Person;
  readonly ask: Ask;
  readonly target: DeliveryTarget;
  readonly parts: readonly (Uint8Array | undefined)[];
}

async function keep(house: House, tx: Tx, { stored, person, ask, target, parts }: Keeping): Promise<Kept> {
  const { answer, item } = ask;
  const uuid = (): string => uuid7(Date.parse(house.now()), house.random(10));
  const id = uuid();
  const [file, exists] = answer.kind === 'data' ? [answer.file, null] : [undefined, answer.exists];
  const entry = await logImport(house, tx, {
    id: stored.id,
    step: 'answered',
    decision: answer.kind,
    role: person.roles[0] ?? 'none',
    basis: [stored.sender ?? '', id],
  });
  const key = { side: 'sent', counterpart: stored.sender ?? '', id } as const;
  await insertDelivery(tx, {
    ...key,
    ...{ import: stored.id, case: stored.case, item, ldid: target.ldid, encryption: target.encryption, state: 'proposed' },
    ...{ exists, size: file?.length ?? 0, sha256: file === undefined ? null : sha256Hex(file) },
    ...{ person: person.id, error: null, changed: entry.at },
  });
  const about = { import: stored.id, subjects: house.subjects };
  for (const [sequence, content] of parts.entries()) {
    const last = sequence === parts.length - 1;
    const part = { delivery: key, sequence, object: uuid(), last, acknowledged: false, transaction: null, written: null };
    await insertPart(tx, { ...part, content }, about);
  }
  return { delivery: id, entry: entry.id };
}

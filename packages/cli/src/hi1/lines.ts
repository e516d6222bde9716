import {
  type Hi1Order,
  type ReadMessage,
  type RequestAction,
  type ResponseAction,
  readOrder,
  typeNameOf,
} from '@comity/formats/hi1';
import { say, sayHi1, sayRefusal } from '../words.ts';
import type { Looked } from './read.ts';

/** What the linter found, one line each. */
export function findingLines({ findings, kid }: Looked): readonly string[] {
  const lines = findings.map(
    ({ code, weight, path, values }) => `${sayHi1(`hi1.weight.${weight}`, {})}: ${path}: ${sayHi1(`hi1.${code}`, values)}`,
  );
  const signer = kid === undefined ? say('hi1.signature-unchecked') : say('hi1.signed-by', { kid });
  return [...lines, ...(lines.length === 0 ? [say('hi1.nothing-found')] : []), signer];
}

/** A message in plain words: who to whom, each action, and the order that it asks for. */
export function summaryLines({ message }: ReadMessage): readonly string[] {
  const { header, body } = message;
  const ends = [header.sender, header.receiver].map(
    ({ CountryCode, UniqueIdentifier }) => `${UniqueIdentifier} (${CountryCode})`,
  );
  const head = [
    say('hi1.from-to', { from: ends[0] ?? '', to: ends[1] ?? '' }),
    say('hi1.sent', { at: header.at, transaction: header.transaction, version: header.version.etsi }),
  ];
  if (body.kind === 'failure') return [...head, say('hi1.failure', { code: body.error.code, says: body.error.says })];
  const actions = body.actions.map((action: RequestAction | ResponseAction) => actionLine(action));
  if (body.kind === 'response') return [...head, ...actions];
  const order = readOrder(message);
  if (order.ok)
    return [
      ...head,
      ...actions,
      ...orderLines(order.value.order),
      ...order.value.zoneless.map((item) => say('hi1.zoneless', { item })),
    ];
  const asks = body.actions.some(({ verb }) => verb === 'CREATE');
  return [...head, ...actions, ...(asks ? [say('hi1.no-order', { why: sayRefusal(order.refusal) })] : [])];
}

function actionLine(action: RequestAction | ResponseAction): string {
  if (action.verb === 'ERROR')
    return say('hi1.action-error', { id: action.id, code: action.error.code, says: action.error.says });
  const object = 'object' in action && action.object !== undefined ? typeNameOf(action.object) : '';
  return say('hi1.action', { id: action.id, verb: action.verb, object }).trimEnd();
}

function orderLines(order: Hi1Order): readonly string[] {
  const { legalType, reference, addressee, jurisdiction, approvals, deadlines, emergency, items } = order;
  return [
    '',
    say('hi1.order', { reference, type: legalType['common:Value'], jurisdiction, addressee }),
    ...approvals.map(({ name, role, at, reference: number }) => say('hi1.approval', { name, role, at, reference: number })),
    ...deadlines.map(({ at, nature }) => say('hi1.deadline', { at, nature })),
    ...(emergency === undefined ? [] : [say('hi1.emergency', { reasons: emergency })]),
    ...items.map(({ item, identifier, does }) =>
      say('hi1.item', {
        item: item.id,
        does: say(`hi1.does.${does}`),
        category: item.category,
        type: identifier.type,
        value: identifier.value,
        period: item.period === undefined ? say('hi1.no-period') : `${item.period.from} – ${item.period.until}`,
        zone: item.zone ?? '',
      }).trimEnd(),
    ),
  ];
}

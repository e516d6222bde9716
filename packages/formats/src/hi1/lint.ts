import { isUuid, type JsonObject } from '@comity/core';
import { type Finding, finding } from './finding.ts';
import { lintDelivery } from './lint-delivery.ts';
import { lintAuthorisation, lintTask } from './lint-order.ts';
import { lintValues } from './lint-values.ts';
import type { Hi1Message, RequestAction, ResponseAction } from './message.ts';
import { asKind, kindOf, type ObjectKind, REFUSED_TYPES, SHAPES } from './objects.ts';
import type { PlacedObject } from './placed.ts';
import type { ReadMessage } from './read-message.ts';
import { checkShape } from './shape.ts';

/**
 * What of a message the profile of the desk does not take, or cannot judge without a person: what the schema of TS 103 120 lets through, for it asks for next to nothing. Findings on
 * an object begin with its action (`action 0: …`), so that each action can be answered for itself.
 */
export function lintMessage({ message, json, findings }: ReadMessage): readonly Finding[] {
  const objects = objectsOf(message);
  const unsigned = json['Signature'] === undefined && json['Signatures'] === undefined ? [finding('unsigned', 'Signature')] : [];
  return [...findings, ...unsigned, ...lintActions(message), ...objects.flatMap((placed) => lintObject(placed, objects))];
}

/** The findings that are about one action. */
export function findingsOf(findings: readonly Finding[], action: number): readonly Finding[] {
  return findings.filter(({ path }) => path.startsWith(`action ${action}: `));
}

/** Every object that a message carries. */
export function objectsOf({ body }: Hi1Message): readonly PlacedObject[] {
  if (body.kind === 'failure') return [];
  return body.actions.flatMap((action: RequestAction | ResponseAction) => {
    const object = 'object' in action ? action.object : undefined;
    const whole = body.kind === 'request' && action.verb !== 'UPDATE';
    return object === undefined ? [] : [{ action: action.id, path: `action ${action.id}: `, object, whole }];
  });
}

function lintActions({ body }: Hi1Message): readonly Finding[] {
  if (body.kind === 'failure') return [];
  const ids = body.actions.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const named = body.actions.flatMap((action: RequestAction | ResponseAction) =>
    'identifier' in action && !isUuid(action.identifier) ? [finding('uuid-form', `action ${action.id}: Identifier`)] : [],
  );
  return [
    ...(ids.length === 0 ? [finding('actions-none', 'Payload')] : []),
    ...twice.map((id) => finding('action-twice', `action ${id}: ActionIdentifier`)),
    ...named,
  ];
}

function lintObject(placed: PlacedObject, all: readonly PlacedObject[]): readonly Finding[] {
  const { object, path } = placed;
  const kind = kindOf(object);
  if (kind === undefined) return [typeFinding(object, path)];
  const shape = checkShape(object, SHAPES[kind], '').map((one) => ({ ...one, path: `${path}${one.path}` }));
  // What is not of its shape cannot be looked at further.
  if (shape.some(({ weight }) => weight === 'fault')) return shape;
  return [...shape, ...lintBase(placed, all), ...lintValues(placed), ...lintKind(kind, placed, all)];
}

/** The name of the type that an object says it is of, without its namespace. */
export function typeNameOf(object: JsonObject): string {
  const type = object['@xsi:type'];
  return typeof type === 'string' ? type.replace(/^\{[^}]*\}/, '').slice(0, 60) : '';
}

function typeFinding(object: JsonObject, path: string): Finding {
  const type = typeNameOf(object);
  const refused = REFUSED_TYPES.some((name) => name === type);
  return finding(refused ? 'object-type-refused' : 'object-type-unknown', `${path}@xsi:type`, { type });
}

function lintBase({ object, path, whole, action }: PlacedObject, all: readonly PlacedObject[]): readonly Finding[] {
  const { ObjectIdentifier: id, CountryCode: country, OwnerIdentifier: owner } = object;
  const associated = object['AssociatedObjects'];
  const others = associated !== undefined && typeof associated === 'object' ? JSON.stringify(associated) : '';
  const wrong = [...others.matchAll(/"([^"]*)"/g)]
    .map(([, text]) => text)
    .filter((text) => text !== 'AssociatedObject' && !isUuid(text));
  const first = all.find((other) => other.object['ObjectIdentifier'] === id);
  return [
    ...(isUuid(id) ? [] : [finding('uuid-form', `${path}ObjectIdentifier`)]),
    ...wrong.map(() => finding('uuid-form', `${path}AssociatedObjects`)),
    ...(first === undefined || first.action === action ? [] : [finding('object-twice', `${path}ObjectIdentifier`)]),
    ...(country === undefined || (typeof country === 'string' && /^[A-Z]{2}$/.test(country))
      ? []
      : [finding('country-form', `${path}CountryCode`)]),
    ...(whole && country === undefined ? [finding('missing', path.trimEnd(), { member: 'CountryCode' })] : []),
    ...(whole && owner === undefined ? [finding('missing', path.trimEnd(), { member: 'OwnerIdentifier' })] : []),
  ];
}

function lintKind(kind: ObjectKind, placed: PlacedObject, all: readonly PlacedObject[]): readonly Finding[] {
  const { object } = placed;
  const authorisation = asKind(object, 'authorisation');
  if (authorisation !== undefined) return lintAuthorisation(authorisation, placed, all);
  const delivery = asKind(object, 'delivery');
  if (delivery !== undefined) return lintDelivery(delivery, placed);
  return kind === 'disclosure' || kind === 'preservation' ? lintTask(kind, placed, all) : [];
}

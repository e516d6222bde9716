import type { JsonObject } from '@comity/core';
import {
  entry,
  errorOf,
  kindOf,
  objectsOf,
  qualified,
  type RequestAction,
  type ResponseAction,
  refusedAction,
  statusEntry,
} from '@comity/formats/hi1';
import type { ForeignAuthority } from '../../keys/foreign.ts';
import { findCase, type StoredCase } from '../../store/cases.ts';
import { deliveriesOf, findPart, isItemOf, type StoredDelivery, type StoredPart } from '../../store/hi1Deliveries.ts';
import { findObject, type StoredObject } from '../../store/hi1Objects.ts';
import { findImport, type StoredImport } from '../../store/imports.ts';
import type { House } from '../house.ts';
import { partObject } from './deliveryObject.ts';
import { originalMessage } from './original.ts';

/** What became of an object of the asker's own: as it was sent, with where it stands now. Nobody sees what another has sent. */
export async function getObject(
  house: House,
  authority: ForeignAuthority,
  action: RequestAction & { readonly verb: 'GET' },
): Promise<ResponseAction> {
  const part = await findPart(house.db, action.identifier);
  if (part !== undefined) return getPart(house, { authority, action, part });
  const found = await findObject(house.db, action.identifier);
  const stored = found === undefined ? undefined : await findImport(house.db, found.import);
  if (found === undefined || stored === undefined || found.sender !== authority.id)
    return refusedAction(action.id, errorOf('not-found', 'There is no such object of yours here.'));
  const sent = await sentObject(house, found);
  if (sent === undefined) return refusedAction(action.id, errorOf('not-found', 'What was sent was erased here.'));
  const { LastChanged: _changed, Generation: _generation, ...rest } = sent;
  const about = stored.case === null ? undefined : await findCase(house.db, stored.case);
  const changed = qualified(found.changed.replace(/\.\d{3}Z$/, '.000Z')) ?? '';
  const object = {
    ...rest,
    Generation: found.generation,
    LastChanged: changed,
    ...statusMembers(sent, { found, stored, about, answers: await deliveriesOf(house.db, stored.id) }),
  };
  return { id: action.id, verb: 'GET', object };
}

async function getPart(
  house: House,
  about: {
    readonly authority: ForeignAuthority;
    readonly action: RequestAction & { readonly verb: 'GET' };
    readonly part: StoredPart;
  },
): Promise<ResponseAction> {
  const { id } = about.action;
  const object = about.part.delivery.counterpart === about.authority.id ? await partObject(house, about.part) : undefined;
  return object === undefined
    ? refusedAction(id, errorOf('not-found', 'There is no such object of yours here.'))
    : { id, verb: 'GET', object };
}

async function sentObject(house: House, found: StoredObject): Promise<JsonObject | undefined> {
  const message = await originalMessage(house, found.import);
  return message === undefined
    ? undefined
    : objectsOf(message).find(({ object }) => object['ObjectIdentifier'] === found.id)?.object;
}

const OF_IMPORT = {
  quarantined: 'SUBMITTED',
  proposed: 'SUBMITTED',
  'taken-up': 'APPROVED',
  refused: 'REFUSED',
  withdrawn: 'WITHDRAWN',
} as const;
const DISCLOSURE = {
  quarantined: 'AwaitingApproval',
  proposed: 'AwaitingApproval',
  'taken-up': 'AwaitingDisclosure',
  refused: 'Rejected',
  withdrawn: 'Cancelled',
} as const;
const PRESERVATION = {
  ...DISCLOSURE,
  quarantined: 'AwaitingPreservation',
  proposed: 'AwaitingPreservation',
  'taken-up': 'AwaitingPreservation',
} as const;

interface About {
  readonly found: StoredObject;
  readonly stored: StoredImport;
  readonly about: StoredCase | undefined;
  readonly answers: readonly StoredDelivery[];
}

/** Where an object stands, in the members that its kind has for it. */
function statusMembers(object: JsonObject, { found, stored, about, answers }: About): JsonObject {
  const kind = kindOf(object);
  if (kind === 'authorisation') return { 'auth:AuthorisationStatus': statusEntry(OF_IMPORT[stored.state]) };
  if (kind === 'disclosure')
    return {
      'task:Status': entry('ETSI', 'LDTaskStatus', ofItem(about, found) ?? ofAnswers(answers, found) ?? DISCLOSURE[stored.state]),
    };
  return kind === 'preservation' ? { 'task:Status': entry('ETSI', 'LPTaskStatus', PRESERVATION[stored.state]) } : {};
}

/** What the case says of the item of a task, once it was taken up. */
function ofItem(about: StoredCase | undefined, { item }: StoredObject): string | undefined {
  const tracks = about?.state.items.find((one) => one.item.id === item)?.tracks;
  if (tracks?.['answer'] === 'delivered') return 'Disclosed';
  if (tracks?.['answer'] === 'refused') return 'DisclosureNotAvailable';
  return tracks?.['approval'] === 'struck' ? 'Rejected' : undefined;
}

/** What was answered to a task by this way. */
function ofAnswers(answers: readonly StoredDelivery[], { item }: StoredObject): string | undefined {
  const given = answers.filter((one) => (one.state === 'released' || one.state === 'acknowledged') && isItemOf(one.item, item));
  if (given.length === 0) return undefined;
  return given.every(({ exists }) => exists === false) ? 'DisclosureNotAvailable' : 'Disclosed';
}

import { entry } from '../dictionaries.ts';
import type { Hi1Header, Hi1Message } from '../message.ts';
import { ETSI_VERSION, PROFILE } from '../message.ts';
import type { Hi1Order, OrderIds } from '../order.ts';
import { orderActions } from '../write-order.ts';

const AUTHORITY = { CountryCode: 'PT', UniqueIdentifier: 'pt-prosecution' } as const;
const PROVIDER = { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' } as const;
export const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' } as const;

/** An order of invented people. */
export const ORDER: Hi1Order = {
  reference: '0192a1b2-0000-7000-8000-000000000001',
  legalType: entry('ETSI', 'EPOCLegalType', 'EPOC'),
  priority: entry('ETSI', 'EPOCPriority', 'EightHours'),
  typeOfCase: entry('ETSI', 'AuthorisationTypeOfCase', 'MissingPerson'),
  jurisdiction: 'PT',
  issued: '2026-11-26T09:00:00.000Z',
  from: AUTHORITY,
  to: PROVIDER,
  addressee: 'Skymail Ltd',
  status: 'SUBMITTED',
  emergency: 'A child is missing since last night; the last message speaks of self-harm.',
  delayed: true,
  notified: true,
  approvals: [
    {
      kind: 'issuing',
      name: 'R. Alves',
      role: 'PublicProsecutor',
      at: '2026-11-26T09:00:00.000Z',
      reference: 'P-17/26',
      emergency: false,
    },
    {
      kind: 'validating',
      name: 'J. Sá',
      role: 'JudgeCourtOrInvestigatingJudge',
      at: '2026-11-26T09:20:00.000Z',
      reference: 'J-4/26',
      emergency: false,
    },
  ],
  deadlines: [{ at: '2026-11-26T17:20:00.000Z', nature: 'Execution' }],
  delivery: { to: AUTHORITY, recipient: 'age1example' },
  items: [
    {
      item: { id: 'i1', identifierType: 'email', category: 'subscriber' },
      identifier: { type: 'email', value: 'ana@example.org' },
      does: 'disclose',
    },
    {
      item: { id: 'i2', identifierType: 'ip_address', category: 'traffic', period, zone: 'Europe/Lisbon' },
      identifier: { type: 'ip_address', value: '2001:0db8:0000:0000:0000:0000:0000:0001' },
      does: 'disclose',
      words: 'Log-ins only.',
    },
    {
      item: { id: 'i3', identifierType: 'phone', category: 'content', period, zone: 'Europe/Lisbon' },
      identifier: { type: 'phone', value: '+351210000000' },
      does: 'preserve',
      until: '2027-01-25T00:00:00.000Z',
    },
  ],
};

export const IDS: OrderIds = {
  authorisation: '7dbbc880-8750-4d3c-abe7-ea4a17646045',
  encryption: '8dbbc880-8750-4d3c-abe7-ea4a17646045',
  reasons: '9dbbc880-8750-4d3c-abe7-ea4a17646045',
  tasks: {
    i1: '1b36a78b-b628-416d-bd22-404e68a0cd36',
    i2: '2b36a78b-b628-416d-bd22-404e68a0cd36',
    i3: '3b36a78b-b628-416d-bd22-404e68a0cd36',
  },
};

export const HEADER: Hi1Header = {
  sender: AUTHORITY,
  receiver: PROVIDER,
  transaction: 'c02358b2-76cf-4ba4-a8eb-f6436ccaea2e',
  at: '2026-11-26T09:30:00.000Z',
  version: { etsi: ETSI_VERSION, ...PROFILE },
};

/** The message that asks for an order. */
export function messageOf(order: Hi1Order = ORDER, ids: OrderIds = IDS): Hi1Message {
  const actions = orderActions(order, ids);
  if (!actions.ok) throw new Error(JSON.stringify(actions.refusal));
  return { header: HEADER, body: { kind: 'request', actions: actions.value } };
}

import type { Finding, Hi1Order, OrderRead } from '../hi1/index.ts';
import type { Doubt, DraftField, DraftItem, DraftValue, ImportDraft } from './draft.ts';

/** The draft of an order that came as message: every value stood in a field of its own, so none of them is a machine's guess. */
export function draftFromOrder({ order, ids, zoneless }: OrderRead, findings: readonly Finding[]): ImportDraft {
  return {
    values: valuesOf(order),
    items: order.items.map(({ item, identifier, does, until, words }): DraftItem => {
      const doubts: readonly Doubt[] = [
        ...(zoneless.includes(item.id) ? (['zone-missing'] as const) : []),
        ...(words === undefined ? [] : (['meaning'] as const)),
      ];
      return {
        ...{ item, identifier, does, by: 'sender', doubts },
        ...(until === undefined ? {} : { until }),
        ...(words === undefined ? {} : { said: words }),
        place: { kind: 'path', path: ids.tasks[item.id] ?? '' },
      };
    }),
    open: findings.filter(({ weight }) => weight === 'person').map(({ code, path }) => ({ code, path })),
    readable: true,
  };
}

function valuesOf(order: Hi1Order): readonly DraftValue[] {
  const value = (field: DraftField, path: string, said: string): DraftValue => ({
    ...{ field, value: said, by: 'sender', doubts: [] },
    place: { kind: 'path', path },
  });
  const { legalType, approvals, deadlines, emergency, delivery } = order;
  return [
    value('reference', 'auth:AuthorisationReference', order.reference),
    value('authority', 'OwnerIdentifier', `${order.from.UniqueIdentifier} (${order.from.CountryCode})`),
    value('instrument', 'auth:AuthorisationLegalType', legalType['common:Value']),
    value('issued', 'auth:AuthorisationTimespan', order.issued),
    value('addressee', 'auth:AuthorisationLegalEntity', order.addressee),
    value('reply-to', 'task:DeliveryDetails', `${delivery.to.UniqueIdentifier} (${delivery.to.CountryCode})`),
    ...approvals.map(({ name, role, at, reference }) =>
      value('approval', 'auth:AuthorisationApprovalDetails', `${name}, ${role}, ${at}, ${reference}`),
    ),
    ...deadlines.map(({ at }) => value('deadline', 'task:Deadlines', at)),
    ...(emergency === undefined ? [] : [value('emergency', 'doc:DocumentBody', emergency)]),
  ];
}

import { valueIn } from './dictionaries.ts';
import { asksExistence } from './existence.ts';
import { objectsOf } from './lint.ts';
import { areAssociated } from './lint-order.ts';
import type { Hi1Message } from './message.ts';
import { asKind } from './objects.ts';

/** What a task says of its answer. */
export interface DeliveryTarget {
  /** The id of the task. */
  readonly task: string;
  readonly ldid: string;
  /** Id of the object that holds the key, and the key itself. */
  readonly encryption: string;
  readonly recipient: string;
  /** Only whether data exist is asked. */
  readonly existenceOnly: boolean;
}

/**
 * Where the answer to a task goes, under which key; undefined where the message does not say so: no reference, or a key that is not in it or is of another scheme than age. Only such
 * an answer can be given by this way.
 */
export function deliveryTarget(message: Hi1Message, task: string): DeliveryTarget | undefined {
  const objects = objectsOf(message);
  const asked = objects.flatMap(({ object }) => asKind(object, 'disclosure') ?? []).find((one) => one.ObjectIdentifier === task);
  const [destination] = asked?.['task:DeliveryDetails']?.['task:LDDeliveryDestination'] ?? [];
  const [ldid, encryption] = [asked?.['task:Reference'], destination?.['task:EncryptionReference']];
  const key = objects
    .flatMap(({ object }) => asKind(object, 'encryption') ?? [])
    .find((one) => one.ObjectIdentifier === encryption);
  const scheme = valueIn(key?.['encryption:EncryptionScheme'], 'COMITY', 'EncryptionScheme');
  const recipient = key?.ExternalIdentifier;
  if (asked === undefined || ldid === undefined || encryption === undefined || scheme !== 'age' || recipient === undefined)
    return undefined;
  const existenceOnly = objects.some(({ object }) => {
    const authorisation = asKind(object, 'authorisation');
    return authorisation !== undefined && areAssociated(authorisation, asked) && asksExistence(authorisation);
  });
  return { task, ldid, encryption, recipient, existenceOnly };
}

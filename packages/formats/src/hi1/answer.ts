import type { Finding } from './finding.ts';
import { findingsOf, typeNameOf } from './lint.ts';
import {
  type ErrorInformation,
  ETSI_VERSION,
  type Hi1Header,
  type Hi1Message,
  PROFILE,
  type RequestAction,
  type ResponseAction,
} from './message.ts';

/**
 * Numbers in ErrorInformation. They are ours: the standard's own list stands in its prose, which is not part of this project; the sentence beside each is what counts.
 */
export const ERROR_NUMBERS = {
  'not-supported': 9001,
  'not-taken': 9002,
  'not-found': 9003,
  'not-allowed': 9004,
  'not-signed': 9005,
  'not-ours': 9006,
  broken: 9007,
  'not-fresh': 9008,
  'ldid-unknown': 9009,
  'checksum-wrong': 9010,
  'sequence-gap': 9011,
  'sequence-repeated': 9012,
  'encryption-unknown': 9013,
  'not-embedded': 9014,
  'too-large': 9015,
  'order-ended': 9016,
} as const;

/** An error with its number. The sentence is English: it goes to the machine and the people of another organisation, and the standard has no place for a language. */
export function errorOf(kind: keyof typeof ERROR_NUMBERS, says: string): ErrorInformation {
  return { code: ERROR_NUMBERS[kind], says };
}

const POLITE: Readonly<Record<string, string>> = {
  LITaskObject:
    'Live interception is not done by this system, and never will be. Please send it by the way that your law provides for it.',
  TDTaskObject: 'Takedown of content is not done by this system. Please send it by the way that your law provides for it.',
  TrafficPolicyObject: 'Traffic policies belong to live interception, which is not done by this system.',
  TrafficRuleObject: 'Traffic rules belong to live interception, which is not done by this system.',
};
const OTHERWISE = 'Objects of this type are not taken by this system.';

/** Why an action is not taken, by what the linter found of it; undefined where nothing keeps it from being taken. */
export function faultOf(action: RequestAction, findings: readonly Finding[]): ErrorInformation | undefined {
  const faults = findingsOf(findings, action.id).filter(({ weight }) => weight === 'fault');
  if (faults.length === 0) return undefined;
  const type = 'object' in action ? typeNameOf(action.object) : '';
  if (faults.some(({ code }) => code === 'object-type-refused' || code === 'object-type-unknown'))
    return errorOf('not-supported', Object.hasOwn(POLITE, type) ? (POLITE[type] ?? OTHERWISE) : OTHERWISE);
  const named = faults.slice(0, 20).map(({ code, path }) => `${path.replace(/^action \d+: ?/, '')} (${code})`);
  return errorOf('not-taken', `The profile of this system asks for more, or for another form: ${named.join('; ')}.`);
}

/** The answer to a message: its transaction, turned round. */
export function answerTo(request: Hi1Header, answer: { readonly at: string; readonly body: Hi1Message['body'] }): Hi1Message {
  const { sender, receiver, transaction } = request;
  return {
    header: { sender: receiver, receiver: sender, transaction, at: answer.at, version: { etsi: ETSI_VERSION, ...PROFILE } },
    body: answer.body,
  };
}

/** An action that is not done, and why. */
export function refusedAction(id: number, error: ErrorInformation): ResponseAction {
  return { id, verb: 'ERROR', error };
}

import type { Instant, JsonObject } from '@comity/core';
import type { Endpoint } from './objects.ts';

/** The verbs of HI1 messages. */
export const VERBS = ['GET', 'CREATE', 'UPDATE', 'LIST', 'DELIVER', 'GETCSPCONFIG'] as const;
export type Verb = (typeof VERBS)[number];

/** Who sends what to whom, when, and by which version and profile. */
export interface Hi1Header {
  readonly sender: Endpoint;
  readonly receiver: Endpoint;
  /** UUID in lower case; an answer repeats it. */
  readonly transaction: string;
  readonly at: Instant;
  readonly version: { readonly etsi: string; readonly profileOwner: string; readonly profileVersion: string };
  readonly workflow?: string;
}

/** Why an action was not done: a number and a sentence. */
export interface ErrorInformation {
  readonly code: number;
  readonly says: string;
}

/** What is asked in one action. Objects stand as they came: what of them is understood is in `objects.ts`. */
export type RequestAction = { readonly id: number } & (
  | { readonly verb: 'CREATE' | 'UPDATE'; readonly object: JsonObject }
  | { readonly verb: 'GET'; readonly identifier: string }
  | { readonly verb: 'DELIVER'; readonly identifier: string; readonly object: JsonObject }
  | { readonly verb: 'LIST'; readonly ask: JsonObject }
  | { readonly verb: 'GETCSPCONFIG' }
);

/** What is answered to one action. */
export type ResponseAction = { readonly id: number } & (
  | { readonly verb: 'CREATE' | 'UPDATE'; readonly identifier: string; readonly object?: JsonObject }
  | { readonly verb: 'GET'; readonly object: JsonObject }
  | { readonly verb: 'DELIVER'; readonly identifier: string }
  | { readonly verb: 'LIST'; readonly records: readonly JsonObject[] }
  | { readonly verb: 'GETCSPCONFIG'; readonly config: JsonObject }
  | { readonly verb: 'ERROR'; readonly error: ErrorInformation }
);

/** A message of TS 103 120: a request, its answer, or one error for the whole of it. */
export interface Hi1Message {
  readonly header: Hi1Header;
  readonly body:
    | { readonly kind: 'request'; readonly actions: readonly RequestAction[] }
    | { readonly kind: 'response'; readonly actions: readonly ResponseAction[] }
    | { readonly kind: 'failure'; readonly error: ErrorInformation };
}

/** Prefixes of member names, and the namespaces that they must stand for. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  '@xmlns': 'http://uri.etsi.org/03120/common/2019/10/Core',
  '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  '@xmlns:common': 'http://uri.etsi.org/03120/common/2016/02/Common',
  '@xmlns:task': 'http://uri.etsi.org/03120/common/2020/09/Task',
  '@xmlns:auth': 'http://uri.etsi.org/03120/common/2020/09/Authorisation',
  '@xmlns:doc': 'http://uri.etsi.org/03120/common/2020/09/Document',
  '@xmlns:notification': 'http://uri.etsi.org/03120/common/2016/02/Notification',
  '@xmlns:delivery': 'http://uri.etsi.org/03120/common/2019/10/Delivery',
  '@xmlns:encryption': 'http://uri.etsi.org/03120/common/2026/01/Encryption',
};

/** The version whose JSON schema the desk reads and writes. */
export const ETSI_VERSION = 'V1.23.1';
/** The profile of the desk. */
export const PROFILE = { profileOwner: 'COMITY', profileVersion: 'v1' } as const;

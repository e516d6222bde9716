import { canonicalJson, type Json, type JsonObject, utf8 } from '@comity/core';
import {
  type ErrorInformation,
  type Hi1Header,
  type Hi1Message,
  NAMESPACES,
  type RequestAction,
  type ResponseAction,
} from './message.ts';
import { qualifiedMicroseconds } from './times.ts';

/** A message as JSON of TS 103 120, without a signature. */
export function messageJson({ header, body }: Hi1Message): JsonObject {
  return { ...NAMESPACES, Header: headerJson(header), Payload: payloadJson(body) };
}

/** The bytes of a message: canonical (RFC 8785), which are also those that a signature signs. */
export function writeMessage(message: Hi1Message): Uint8Array {
  return utf8(canonicalJson(messageJson(message)));
}

function headerJson({ sender, receiver, transaction, at, version, workflow }: Hi1Header): JsonObject {
  return {
    SenderIdentifier: { ...sender },
    ReceiverIdentifier: { ...receiver },
    TransactionIdentifier: transaction,
    Timestamp: qualifiedMicroseconds(at),
    Version: {
      ETSIVersion: version.etsi,
      NationalProfileOwner: version.profileOwner,
      NationalProfileVersion: version.profileVersion,
    },
    ...(workflow === undefined ? {} : { WorkflowIdentifier: workflow }),
  };
}

function payloadJson(body: Hi1Message['body']): JsonObject {
  if (body.kind === 'failure') return { ResponsePayload: { ErrorInformation: errorJson(body.error) } };
  if (body.kind === 'request') return { RequestPayload: { ActionRequests: { ActionRequest: body.actions.map(requestJson) } } };
  return { ResponsePayload: { ActionResponses: { ActionResponse: body.actions.map(responseJson) } } };
}

function errorJson({ code, says }: ErrorInformation): JsonObject {
  return { ErrorCode: code, ErrorDescription: says };
}

function requestJson(action: RequestAction): JsonObject {
  return { ActionIdentifier: action.id, [action.verb]: askJson(action) };
}

function askJson(action: RequestAction): Json {
  if (action.verb === 'GET') return { Identifier: action.identifier };
  if (action.verb === 'DELIVER') return { Identifier: action.identifier, HI1Object: action.object };
  if (action.verb === 'LIST') return action.ask;
  return action.verb === 'GETCSPCONFIG' ? {} : { HI1Object: action.object };
}

function responseJson(action: ResponseAction): JsonObject {
  if (action.verb === 'ERROR') return { ActionIdentifier: action.id, ErrorInformation: errorJson(action.error) };
  return { ActionIdentifier: action.id, [`${action.verb}Response`]: answerJson(action) };
}

function answerJson(action: Exclude<ResponseAction, { readonly verb: 'ERROR' }>): Json {
  if (action.verb === 'GET') return { HI1Object: action.object };
  if (action.verb === 'DELIVER') return { Identifier: action.identifier };
  if (action.verb === 'LIST') return { ListResponseRecord: action.records };
  if (action.verb === 'GETCSPCONFIG') return action.config;
  return { Identifier: action.identifier, ...(action.object === undefined ? {} : { HI1Object: action.object }) };
}

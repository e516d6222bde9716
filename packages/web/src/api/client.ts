import type { Problem } from '@comity/node/api';

/** Where a failed request leaves a page: the node's own words, or that the node could not be reached at all. */
export class Refusal extends Error {
  readonly problem: Pick<Problem, 'code' | 'field' | 'values'>;
  constructor(problem: Pick<Problem, 'code' | 'field' | 'values'>) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Asks this organisation's node. Throws a Refusal for every answer that is not a success; `unreachable` when there is none. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const answer = await send(method, path, body);
  if (answer.status === 204) return undefined as T; // parser: the caller asked for nothing
  // Parser: the types of @comity/node/api are the contract; the node validates what it sends.
  return (await answer.json()) as T;
}

/** Asks for bytes, e.g. a sealed file. */
export async function askBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await send('GET', path)).arrayBuffer());
}

/** Asks for a document that is made from what is posted, e.g. a memo. */
export async function askFile(path: string, body: unknown): Promise<Blob> {
  return (await send('POST', path, body)).blob();
}

/** Hands in a file as it is. */
export async function sendFile<T>(path: string, file: Blob): Promise<T> {
  // The type is said here: the file's own says what its name ends with, and the node looks for itself.
  const sent = new Blob([file], { type: 'application/octet-stream' });
  return (await (await exchange(path, { method: 'POST', body: sent, headers: { accept: 'application/json' } })).json()) as T; // parser: as in ask
}

/** Asks for a text: a case file, or the lobby's trust file. */
export async function askText(path: string): Promise<string> {
  return (await send('GET', path)).text();
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (body !== undefined) {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  return exchange(path, init);
}

/** Asks as `fetch` does, with this office’s session. Throws as `ask`. */
export async function exchange(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => {
    throw new Refusal({ code: 'unreachable' });
  });
  if (!answer.ok) throw new Refusal(await problemOf(answer));
  return answer;
}

async function problemOf(answer: Response): Promise<Refusal['problem']> {
  const body: unknown = await answer.json().catch(() => ({}));
  const known = typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
  // Parser: only http/problem.ts of the node writes bodies with a code.
  return known ? (body as Problem) : { code: 'internal' };
}

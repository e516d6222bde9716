import { boundedText } from './bounded.ts';

/** Patience with a peer, in milliseconds. */
const TIMEOUT = 30_000;
/** Bytes that are taken of a refusal. */
const MOST_PROBLEM = 1 << 16;

/** A peer that cannot be reached now, or answers that it cannot take the message now: worth another try. */
export class Unreachable extends Error {}

/** A peer that took the message and refused it: trying again would not help. */
export class PeerRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Asks a peer. The answer is one of 200 to 299; throws Unreachable or PeerRefused otherwise. Without a signal of its own it gives up after half a minute, body included. */
export async function call(url: URL, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT), ...init, redirect: 'error' });
  } catch {
    throw new Unreachable(url.host);
  }
  if (answer.ok) return answer;
  if (answer.status >= 500 || answer.status === 429 || answer.status === 409)
    throw new Unreachable(`${url.host} answered ${answer.status}`);
  throw new PeerRefused(await problemCode(answer));
}

async function problemCode(answer: Response): Promise<string> {
  try {
    const problem: unknown = JSON.parse(await boundedText(answer, MOST_PROBLEM));
    return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : String(answer.status);
  } catch {
    return String(answer.status);
  }
}

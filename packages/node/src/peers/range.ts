import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { GivenBytes } from '../app/house.ts';
import { call, Unreachable } from './call.ts';

/** How long a sender may be silent between two pieces, in milliseconds. How long the whole takes is its size's affair. */
const SILENCE = 30_000;

/** Asks for bytes from one on (RFC 9110 section 14). A sender that does not know of ranges gives the whole. Reading throws Unreachable when the line breaks off or falls silent. */
export async function fetchFrom(
  url: URL,
  ask: { readonly authorization: string; readonly digest: string; readonly from: number },
): Promise<GivenBytes> {
  const { authorization, digest, from } = ask;
  const range = from === 0 ? {} : { range: `bytes=${from}-`, 'if-range': `"${digest}"` };
  const patience = new Patience(SILENCE);
  const answer = await call(url, { headers: { authorization, ...range }, signal: patience.signal });
  if (answer.body === null) throw new Unreachable('no body');
  const begins = answer.status === 206 ? Number(/^bytes (\d+)-/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? -1) : 0;
  // A part that is not the one that was asked for would be put in the wrong place.
  if (begins !== 0 && begins !== from) throw new Unreachable('another part was given');
  return { from: begins, bytes: steady(answer.body, patience) };
}

async function* steady(body: AsyncIterable<Uint8Array>, patience: Patience): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  try {
    for (let step = await next(source); step.done !== true; step = await next(source)) {
      patience.renew();
      yield step.value;
    }
  } finally {
    patience.end();
    await source.return?.();
  }
}

async function next(source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await source.next();
  } catch {
    throw new Unreachable('the line broke off');
  }
}

/** Gives up once nothing has come for so many milliseconds. */
class Patience {
  readonly #control = new AbortController();
  readonly #most: number;
  #timer: NodeJS.Timeout;

  constructor(most: number) {
    this.#most = most;
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => this.#control.abort(), this.#most).unref();
  }
}

/** The byte from which on a request asks for what has this digest; 0 for the whole, also where it had another version of it. */
export function firstByteOf(headers: IncomingHttpHeaders, digest: string): number {
  const tag = headers['if-range'];
  if (tag !== undefined && tag !== `"${digest}"`) return 0;
  const from = Number(/^bytes=(\d{1,15})-$/.exec(headers.range ?? '')?.[1] ?? 0);
  return Number.isSafeInteger(from) ? from : 0;
}

/** Answers with bytes that begin where they were asked for; whole when they have no such byte. */
export function sendFrom(
  reply: FastifyReply,
  given: { readonly bytes: AsyncIterable<Uint8Array>; readonly size: number; readonly digest: string; readonly from: number },
): FastifyReply {
  const { bytes, size, digest, from } = given;
  const part = from > 0 && from < size;
  if (part) reply.code(206).header('content-range', `bytes ${from}-${size - 1}/${size}`);
  return reply
    .type('application/octet-stream')
    .header('etag', `"${digest}"`)
    .header('accept-ranges', 'bytes')
    .header('content-length', part ? size - from : size)
    .send(Readable.from(bytes, { objectMode: false }));
}

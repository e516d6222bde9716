import { holdsAt, type Party } from '@comity/core';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { orRefuse, Refused } from '../http/problem.ts';
import type { Serving } from '../http/serving.ts';
import { correspondentOf } from './client.ts';
import { openSigned } from './envelope.ts';

const token = z.object({ env: z.string(), kind: z.literal('fetch'), what: z.string(), to: z.string(), expires: z.string() });

/** Which party asks for something of ours: a signed, short-lived token that names exactly this thing and us. */
export async function askerOf({ house }: Serving, request: FastifyRequest, what: string): Promise<Party> {
  const header = request.headers.authorization ?? '';
  const opened = orRefuse(await openSigned(correspondentOf(house), header.replace(/^Comity /, ''), house.now()));
  const parsed = token.safeParse(opened.content);
  if (!parsed.success || parsed.data.to !== house.party.id || parsed.data.what !== what)
    throw new Refused({ code: 'message-not-for-us' });
  if (!holdsAt({ from: '', until: parsed.data.expires }, house.now())) throw new Refused({ code: 'message-expired' });
  return opened.sender;
}

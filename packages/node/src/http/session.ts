import { randomBytes } from 'node:crypto';
import { toInstant } from '@comity/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SessionView } from '../api.ts';
import type { House, Person } from '../app/house.ts';
import { partyView } from '../app/view.ts';
import { sha256Hex } from '../keys/crypto.ts';
import { closeSession, findSession, openSession, takeSignInCode } from '../store/sessions.ts';
import { Refused } from './problem.ts';
import type { Api, Serving } from './serving.ts';

const HOURS = 10;

/** One cookie name per port: the sandbox's organisations share a host, and cookies do not tell ports apart. */
export function cookieName(serving: Serving): string {
  return `comity-${serving.port}`;
}

/** Whoever is signed in, or a refusal. */
export async function signedIn(serving: Serving, request: FastifyRequest): Promise<Person> {
  const person = await whoIs(serving, request);
  if (person === undefined) throw new Refused({ code: 'not-signed-in' });
  return person;
}

async function whoIs(serving: Serving, request: FastifyRequest): Promise<Person | undefined> {
  const token = request.cookies[cookieName(serving)];
  if (token === undefined) return undefined;
  const id = await findSession(serving.house.db, sha256Hex(token), serving.house.now());
  return serving.house.people.find((person) => person.id === id);
}

const signInBody = z.strictObject({ person: z.string().optional(), code: z.string().optional() });

/** Signing in and out. In the sandbox a name is enough; elsewhere a one-time code from the operator (`comity node invite`). */
export function sessionRoutes(api: Api, serving: Serving): void {
  api.get(
    '/api/session',
    { schema: { tags: ['session'] } },
    async (request): Promise<SessionView> => sessionView(serving, await whoIs(serving, request)),
  );

  api.post('/api/session', { schema: { tags: ['session'], body: signInBody } }, async (request, reply): Promise<SessionView> => {
    const person = await personFor(serving.house, request.body);
    if (person === undefined) throw new Refused({ code: 'sign-in-refused' });
    await start(serving, reply, person);
    return sessionView(serving, person);
  });

  if (serving.house.env === 'sandbox') {
    // One click from the lobby. It exists in the sandbox only: a production node does not have the route.
    api.get(
      '/enter/:person',
      { schema: { hide: true, params: z.strictObject({ person: z.string() }) } },
      async (request, reply) => {
        const person = await personFor(serving.house, { person: request.params.person });
        if (person === undefined) throw new Refused({ code: 'sign-in-refused' });
        await start(serving, reply, person);
        return reply.redirect(`/${new URL(request.url, 'http://node').search}`);
      },
    );
  }

  api.delete('/api/session', { schema: { tags: ['session'] } }, async (request, reply) => {
    const token = request.cookies[cookieName(serving)];
    if (token !== undefined) await closeSession(serving.house.db, sha256Hex(token));
    return reply.clearCookie(cookieName(serving), { path: '/' }).code(204).send();
  });
}

async function personFor(house: House, body: z.infer<typeof signInBody>): Promise<Person | undefined> {
  if (house.env === 'sandbox' && body.person !== undefined)
    return house.people.find((person) => person.id === body.person && !person.roles.includes('node'));
  if (body.code === undefined) return undefined;
  const id = await takeSignInCode(house.db, sha256Hex(body.code), house.now());
  return house.people.find((person) => person.id === id);
}

async function start(serving: Serving, reply: FastifyReply, person: Person): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const opened = serving.house.now();
  const expires = toInstant(Date.parse(opened) + HOURS * 3_600_000);
  await openSession(serving.house.db, { tokenSha256: sha256Hex(token), person: person.id, opened, expires });
  reply.setCookie(cookieName(serving), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: serving.house.env === 'production',
    maxAge: HOURS * 3600,
  });
}

function sessionView({ house, lobby }: Serving, person: Person | undefined): SessionView {
  const people = house.env === 'sandbox' ? house.people.filter((candidate) => !candidate.roles.includes('node')) : [];
  return {
    env: house.env,
    party: partyView(house.party),
    ...(person === undefined ? {} : { person }),
    people,
    ...(lobby === undefined ? {} : { lobby }),
    now: house.now(),
  };
}

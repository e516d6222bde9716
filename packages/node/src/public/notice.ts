import { NOTICE_LANGUAGES, type NoticeLanguage } from '@comity/formats/letters';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { COMPLAINT_ABOUT, COMPLAINT_WANTS, complain, noticeFor } from '../app/complain.ts';
import { orRefuse } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { lookUpPage, noticePage } from './noticeHtml.ts';

const CODE = /^(?:[0-9a-f]{4}-?){4}[0-9a-f]{4}$/;
const ofCode = z.strictObject({ code: z.string().regex(CODE) });
const language = z.enum(NOTICE_LANGUAGES);
const asked = z.object({
  lang: language.optional().catch(undefined),
  code: z.string().max(60).optional(),
  complaint: z.string().max(20).optional(),
});
const complaint = z.object({
  lang: language.catch('en'),
  about: z.enum(COMPLAINT_ABOUT),
  want: z.enum(COMPLAINT_WANTS),
  text: z.string().trim().min(1).max(4000),
  name: z.string().trim().max(200).default(''),
  reach: z.string().trim().max(200).default(''),
});

/** The letter to a person, by its code: a page without script, account or cookie, in the person's language, and a complaint that gets a number. */
export async function noticeRoutes(api: Api, { house }: Serving): Promise<void> {
  const sandbox = house.env === 'sandbox';
  api.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  api.get('/notice', { schema: { hide: true, querystring: asked } }, async (request, reply) => {
    const { code } = request.query;
    const chosen = languageOf(request, request.query.lang);
    const given = code?.trim().toLowerCase().replaceAll(/\s+/g, '');
    if (given === undefined) return send(reply, lookUpPage({ language: chosen, sandbox }));
    if (CODE.test(given) && (await noticeFor(house, given)) !== undefined)
      return reply.redirect(`/notice/${given}?lang=${chosen}`, 303);
    return send(reply.code(404), lookUpPage({ language: chosen, sandbox, code: given }));
  });

  api.get('/notice/:code', { schema: { hide: true, params: ofCode, querystring: asked } }, async (request, reply) => {
    const { code } = request.params;
    const found = await noticeFor(house, code);
    const { complaint: number, lang } = request.query;
    if (found === undefined) return send(reply.code(404), lookUpPage({ language: languageOf(request, lang), sandbox, code }));
    const shown = lang ?? found.document?.language ?? languageOf(request, undefined);
    const known = number !== undefined && /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(number) ? { number } : {};
    return send(reply, noticePage(found, { code, language: shown, name: house.party.name, sandbox, ...known }));
  });

  api.post('/notice/:code/complaints', { schema: { hide: true, params: ofCode } }, async (request, reply) => {
    const { code } = request.params;
    const read = complaint.safeParse(request.body);
    const found = await noticeFor(house, code);
    if (found === undefined)
      return send(reply.code(404), lookUpPage({ language: languageOf(request, undefined), sandbox, code }));
    if (!read.success) {
      const shown = found.document?.language ?? languageOf(request, undefined);
      return send(reply.code(422), noticePage(found, { code, language: shown, name: house.party.name, sandbox, empty: true }));
    }
    const { lang, ...said } = read.data;
    const { number } = orRefuse(await complain(house, { ...said, code }));
    return reply.redirect(`/notice/${code}?lang=${lang}&complaint=${number}#complaint`, 303);
  });
}

function send(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(page);
}

/** The language that was chosen, else the first that the browser asks for, else English. */
function languageOf(request: FastifyRequest, chosen: NoticeLanguage | undefined): NoticeLanguage {
  if (chosen !== undefined) return chosen;
  const wanted = (request.headers['accept-language'] ?? '').split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return wanted.flatMap((tag) => NOTICE_LANGUAGES.find((known) => known === tag) ?? [])[0] ?? 'en';
}

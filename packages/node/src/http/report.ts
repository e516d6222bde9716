import { REPORT_LANGUAGES } from '@comity/formats/twin-report';
import { z } from 'zod';
import { printReport } from '../app/prepare/printReport.ts';
import { seesPreparations } from '../app/prepare/who.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const id = z.strictObject({ id: z.uuid() });
const language = z.strictObject({ lang: z.enum(REPORT_LANGUAGES).default('en') });

/** The report of a synthetic twin on paper. */
export function reportRoutes(api: Api, serving: Serving): void {
  api.get(
    '/api/preparations/:id/report.pdf',
    { schema: { tags: ['preparation'], params: id, querystring: language } },
    async (request, reply) => {
      // Whoever sees the report may have it on paper: it stays with this office either way.
      orRefuse(seesPreparations(await signedIn(serving, request)));
      const pdf = orRefuse(await printReport(serving.house, request.params.id, request.query.lang));
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );
}

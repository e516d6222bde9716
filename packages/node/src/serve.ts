import { existsSync } from 'node:fs';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerFileRoutes, answerRoutes } from './http/answers.ts';
import { assessRoutes } from './http/assess.ts';
import { caseAboutRoutes } from './http/caseAbout.ts';
import { caseRoutes, dataRoutes, graphRoutes, printRoutes } from './http/cases.ts';
import { custodyRoutes } from './http/custody.ts';
import { gateRoutes } from './http/gate.ts';
import { importRoutes, intakeRoutes } from './http/imports.ts';
import { lawRoutes } from './http/law.ts';
import { letterRoutes } from './http/letters.ts';
import { libraryRoutes } from './http/library.ts';
import { oversightRoutes } from './http/oversight.ts';
import { datasetRoutes, offerRoutes, preparationRoutes } from './http/preparation.ts';
import { answerProblems } from './http/problem.ts';
import { proofRoutes } from './http/proofs.ts';
import { queryRoutes } from './http/queries.ts';
import { reportRoutes } from './http/report.ts';
import type { Api, Serving } from './http/serving.ts';
import { sessionRoutes } from './http/session.ts';
import { shareRoutes } from './http/share.ts';
import { statisticsRoutes } from './http/statistics.ts';
import { uploadRoutes } from './http/uploads.ts';
import { courierRoutes } from './peers/courier.ts';
import { hi1Routes } from './peers/hi1.ts';
import { logRoutes } from './peers/logs.ts';
import { peerRoutes } from './peers/routes.ts';
import { witnessRoutes } from './peers/witness.ts';
import { noticeRoutes } from './public/notice.ts';
import { publicRoutes } from './public/routes.ts';

const BODY_LIMIT = 8 * 1024 * 1024;

/** Builds the server of one organisation: /api for people, /peer for organisations, /public for anyone, and the pages. */
export async function buildServer(serving: Serving): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    logger: { level: process.env['COMITY_LOG'] ?? 'error' },
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: policy(serving) },
    strictTransportSecurity: serving.house.env === 'production',
  });
  await app.register(rateLimit, { max: serving.house.env === 'production' ? 600 : 6000, timeWindow: '1 minute' });
  await app.register(cookie);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Comity node', version: '0.1.0' } },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs' });
  // Routes declare their schemas with zod; the provider only changes their types.
  await app.register(async (scope) => routes(scope.withTypeProvider<ZodTypeProvider>(), serving));
  // Apart: only here forms are posted as browsers without script post them.
  await app.register(async (scope) => noticeRoutes(scope.withTypeProvider<ZodTypeProvider>(), serving));
  await servePages(app, serving);
  return app;
}

function routes(api: Api, serving: Serving): void {
  sessionRoutes(api, serving);
  caseRoutes(api, serving);
  caseAboutRoutes(api, serving);
  dataRoutes(api, serving);
  queryRoutes(api, serving);
  shareRoutes(api, serving);
  uploadRoutes(api, serving);
  proofRoutes(api, serving);
  printRoutes(api, serving);
  graphRoutes(api, serving);
  custodyRoutes(api, serving);
  courierRoutes(api, serving);
  importRoutes(api, serving);
  intakeRoutes(api, serving);
  answerRoutes(api, serving);
  answerFileRoutes(api, serving);
  lawRoutes(api, serving);
  gateRoutes(api, serving);
  letterRoutes(api, serving);
  libraryRoutes(api, serving);
  assessRoutes(api, serving);
  publicRoutes(api, serving);
  peerRoutes(api, serving);
  hi1Routes(api, serving);
  witnessRoutes(api, serving);
  logRoutes(api, serving);
  oversightRoutes(api, serving);
  reportRoutes(api, serving);
  statisticsRoutes(api, serving);
  datasetRoutes(api, serving);
  preparationRoutes(api, serving);
  offerRoutes(api, serving);
}

function policy(serving: Serving): Record<string, string[]> {
  const lobby = serving.lobby === undefined ? [] : [serving.lobby];
  return {
    'default-src': ["'self'"],
    // Mantine writes its theme as a style element.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...lobby],
    'form-action': ["'self'", ...lobby],
    'upgrade-insecure-requests': [],
    ...(serving.house.env === 'sandbox' ? { 'upgrade-insecure-requests': null as never } : {}),
  };
}

/** The pages are one application: any address that is not the API's or a file's is its index. */
async function servePages(app: FastifyInstance, serving: Serving): Promise<void> {
  const { webDir } = serving;
  if (webDir === undefined || !existsSync(webDir)) return;
  await app.register(serveStatic, { root: webDir, wildcard: false, index: false, preCompressed: true });
  app.get('/*', (request, reply) =>
    /^\/(api|peer|public|assets)(\/|$)/.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html'),
  );
}

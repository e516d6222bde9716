import type { House } from '../../packages/node/src/app/house.ts';
import { buildServer } from '../../packages/node/src/serve.ts';
import { head, table } from './page.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Operation {
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** The routes of a node, from the OpenAPI document that it serves itself. */
export async function api(): Promise<string> {
  // Only routes are wanted: building them reads nothing of a house but its environment.
  const server = await buildServer({ house: { env: 'production' } as House, port: 0 });
  await server.ready();
  // Parser: the document is what @fastify/swagger writes; what is not there stays out of the page.
  const { paths } = server.swagger() as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  await server.close();
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => (methods[method] === undefined ? [] : [rowOf(path, method, methods[method])])),
  );
  if (rows.length === 0) throw new Error('the server describes no route');
  const places: readonly (readonly [string, string, string])[] = [
    [
      '/api',
      'For people',
      'A session cookie is needed, but for `/api/session` and `/api/law`. A case opens only after a reason was stated (`/api/cases/{id}/reads`).',
    ],
    ['/peer', 'Between organisations', 'Signed by an organisation of the directory; anything else is put into quarantine.'],
    ['/public', 'For anyone', 'No entry of the log, no case and no name of a person.'],
  ];
  const parts = places.flatMap(([prefix, title, about]) => {
    const some = rows.filter(([, path]) => path?.startsWith(`\`${prefix}/`) === true);
    return [`## ${title}`, '', about, '', table(['method', 'path', 'about', 'takes'], some), ''];
  });
  const intro =
    'A running node serves the whole document, with every schema, at `/api/docs`. Refusals are listed in [errors](errors.md).';
  return [head('API', 'the routes in `packages/node/src`'), intro, '', ...parts].join('\n');
}

function rowOf(path: string, method: string, operation: Operation): readonly string[] {
  const { schema } = Object.values(operation.requestBody?.content ?? {})[0] ?? {};
  const members = Object.keys(schema?.properties ?? {}).map((name) =>
    schema?.required?.includes(name) === true ? `\`${name}\`` : `\`${name}\`?`,
  );
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => `\`?${name}\``);
  return [method.toUpperCase(), `\`${path}\``, (operation.tags ?? []).join(', '), [...members, ...query].join(' ')];
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TrinoTable } from '../engines/trinoTable.ts';

/** What a cluster said once to a statement: its rows page by page, then how it ended if not well. `away`: the connection broke off. */
export interface Recorded {
  readonly pages: readonly (readonly (readonly unknown[])[])[];
  readonly ends?: 'away' | 'INTERNAL_ERROR' | 'USER_ERROR' | 'INSUFFICIENT_RESOURCES';
}

export interface TrinoServer {
  readonly table: TrinoTable;
  /** Statements in the order in which they came. */
  readonly asked: readonly string[];
  /** Statements that whoever asked gave up. */
  readonly cancelled: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Speaks Trino's protocol (POST /v1/statement, then GET of each nextUri, DELETE of a query) and gives recorded answers. It understands no SQL: whether the
 * statements mean the same on a real cluster is shown by `npm run bench -- trino`.
 */
export async function serveTrino(answer: (sql: string, nth: number) => Recorded): Promise<TrinoServer> {
  const asked: string[] = [];
  const cancelled: string[] = [];
  const answers: Recorded[] = [];
  const server = createServer((request, response) => {
    void respond(request, response);
  });
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, , kind, id = '', page = '0'] = request.url?.split('/') ?? [];
    const nth = kind === 'statement' && id === '' ? asked.length : Number(id);
    if (request.method === 'DELETE') {
      cancelled.push(asked[nth] ?? '');
      response.writeHead(204).end();
      return;
    }
    if (request.method === 'POST') {
      const sql = await textOf(request);
      asked.push(sql);
      answers.push(answer(sql, asked.filter((one) => one === sql).length));
    }
    const next = `http://${request.headers.host}/v1/statement/${nth}/${Number(page) + 1}`;
    const told =
      request.method === 'POST' ? { id: String(nth), nextUri: next } : pageOf(answers[nth], { nth, page: Number(page), next });
    if (told === undefined) response.destroy();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port, not on a pipe.
  const { port } = server.address() as AddressInfo;
  const table = { server: `http://127.0.0.1:${port}`, user: 'tester', catalog: 'lake', schema: 'made', table: 'people' };
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { table, asked, cancelled, close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

interface Place {
  readonly nth: number;
  readonly page: number;
  readonly next: string;
}

function pageOf(recorded: Recorded | undefined, { nth, page, next }: Place): object | undefined {
  const data = recorded?.pages[page - 1];
  if (data !== undefined) return { id: String(nth), data, nextUri: next };
  if (recorded?.ends === 'away') return undefined;
  return recorded?.ends === undefined
    ? { id: String(nth) }
    : { id: String(nth), error: { errorType: recorded.ends, message: 'quotes Zebulon' } };
}

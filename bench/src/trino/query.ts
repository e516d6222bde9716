/** Runs a statement over Trino's REST protocol and gives its rows. */
export async function queryOn(server: string, sql: string): Promise<readonly (readonly unknown[])[]> {
  const headers = { 'X-Trino-User': 'bench' };
  let page = await read(await fetch(`${server}/v1/statement`, { method: 'POST', body: sql, headers }));
  const rows: unknown[][] = [];
  for (;;) {
    if (page.error !== undefined) throw new Error(page.error.message);
    rows.push(...(page.data ?? []));
    if (page.nextUri === undefined) return rows;
    page = await read(await fetch(page.nextUri, { headers }));
  }
}

interface Page {
  readonly nextUri?: string;
  readonly data?: unknown[][];
  readonly error?: { readonly message: string };
}

async function read(response: Response): Promise<Page> {
  return JSON.parse(await response.text());
}

import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Statements that a connection remembers. More texts than this are not ours: they would only fill the server's memory. */
const MOST = 400;

/** A name for each text of a statement with parameters; shared by all connections, since the same code asks on each. */
const names = new Map<string, string>();

/**
 * Lets a client prepare each statement once and then name it: the server parses and plans it the first time only, which is half of what a small statement costs.
 * Statements without parameters, and those of whoever names theirs already, go as they are.
 */
export function preparing(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown; // pg's overloads all come down to this
  const named = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
  };
  client.query = named as typeof client.query;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}

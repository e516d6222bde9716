import { generateKeyPairSync, sign } from 'node:crypto';
import { connect } from '@comity/node';

/** What an act cannot do without on this machine. */
export interface Limit {
  /** Signatures made for each act. */
  readonly signatures: number;
  readonly connections: number;
  readonly seconds: number;
}

/**
 * The machine's own limit for acts, in acts a second: for each, so many Ed25519 signatures made in this process, then one transaction of one statement
 * that inserts a row of 500 bytes, durable before the next begins on that connection. No HTTP, no reading, no judging, no tree: nobody can be faster.
 * In: address of a database that nothing else uses.
 */
export async function machineLimit(url: string, { signatures, connections, seconds }: Limit): Promise<number> {
  const { pool, close } = connect(url, connections);
  const { privateKey } = generateKeyPairSync('ed25519');
  const row = Buffer.alloc(500, 7);
  await pool.query(
    'create table if not exists bench_limit (id bigint generated always as identity primary key, bytes bytea not null)',
  );
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      for (let i = 0; i < signatures; i++) sign(null, row, privateKey);
      await pool.query({ name: 'bench-limit', text: 'insert into bench_limit (bytes) values ($1)', values: [row] });
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  await close();
  return done / seconds;
}

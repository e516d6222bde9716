import { createServer } from 'node:net';

/** The first of `count` ports in a row that are free; each process looks in a part of its own, so that two do not take the same. */
export async function freePorts(count: number): Promise<number> {
  for (let first = 20_000 + (process.pid % 400) * 50; first < 60_000; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('there are not enough free ports on this machine');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

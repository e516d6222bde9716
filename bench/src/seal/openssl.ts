import { spawnSync } from 'node:child_process';

/** What `openssl speed` makes of ChaCha20-Poly1305 in chunks as large as ours, in MiB a second of CPU; undefined where there is no openssl. */
export function opensslRate(): number | undefined {
  const args = ['speed', '-evp', 'chacha20-poly1305', '-bytes', String(64 * 1024), '-seconds', '1'];
  const done = spawnSync('openssl', args, { encoding: 'utf8' });
  const thousands = /([\d.]+)k\s*$/.exec(done.stdout ?? '')?.[1];
  return done.status === 0 && thousands !== undefined ? (Number(thousands) * 1000) / (1024 * 1024) : undefined;
}

/** Its version; undefined where there is none. */
export function opensslVersion(): string | undefined {
  const done = spawnSync('openssl', ['version'], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.split(' ')[1] : undefined;
}

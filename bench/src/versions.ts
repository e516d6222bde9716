import { cpus } from 'node:os';

/** Node and the machine, for the head of every sheet. */
export function machine(): Readonly<Record<string, string>> {
  return {
    Node: process.versions.node,
    OpenSSL: process.versions.openssl,
    cores: String(cpus().length),
    on: cpus()[0]?.model.trim() ?? 'unknown',
  };
}

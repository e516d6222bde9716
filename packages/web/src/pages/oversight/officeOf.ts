import type { OversightView } from '@comity/node/api';

/** The name of an office whose log is watched, or what the log calls it. */
export function officeOf({ logs }: Pick<OversightView, 'logs'>, party: string): string {
  return logs.find((log) => log.party === party)?.name ?? party;
}

/** The year of a log: the last part of its origin. */
export function yearOf(origin: string): string {
  return origin.split('/').at(-1) ?? '';
}

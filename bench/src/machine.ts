import { readdirSync, readFileSync, statSync } from 'node:fs';

/** Clock ticks of a second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Seconds of CPU that a process and all that it started have taken so far, the ones that ended too; undefined where the system does not tell. */
export function cpuOfTree(pid: number): number | undefined {
  try {
    const children = new Map<number, number[]>();
    const ticks = new Map<number, number>();
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? fieldsOf(Number(name)) : undefined;
      if (stat === undefined) continue;
      ticks.set(Number(name), stat.ticks);
      children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
    }
    const sum = (id: number): number =>
      (ticks.get(id) ?? 0) + (children.get(id) ?? []).reduce((total, child) => total + sum(child), 0);
    return ticks.has(pid) ? sum(pid) / TICKS : undefined;
  } catch {
    return undefined;
  }
}

/** Parent and ticks of a process, its own and those of children that it has waited for. */
function fieldsOf(pid: number): { readonly parent: number; readonly ticks: number } | undefined {
  try {
    // The name of the program stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { parent: Number(fields[1]), ticks: [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) };
  } catch {
    // It ended in between.
    return undefined;
  }
}

/** How often the disk under a folder was told so far to write down what it holds, by everybody on this machine; undefined where the system does not tell. */
export function flushesUnder(dir: string): number | undefined {
  try {
    const { dev } = statSync(dir);
    const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
    for (const line of readFileSync('/proc/diskstats', 'utf8').split('\n')) {
      const fields = line.trim().split(/\s+/);
      const flushes = Number(fields[18]);
      if (fields[0] === String(major) && fields[1] === String(minor) && Number.isInteger(flushes)) return flushes;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, startSandbox } from './sandbox.ts';

const words: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'messages', 'en.json'), 'utf8'),
);

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(ROOT, '.comity') },
    port: { type: 'string', default: '7400' },
    fresh: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** Says a sentence of the catalogue. */
function say(key: string, inserts: Readonly<Record<string, string>> = {}): void {
  const sentence = Object.entries(inserts).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? key);
  if (!values.json) process.stdout.write(`${sentence}\n`);
}

try {
  say('preparing');
  const sandbox = await startSandbox({
    dir: values.dir,
    port: Number(values.port),
    fresh: values.fresh,
    step: (step) => say(step),
  });
  say('ready', { url: sandbox.lobby });
  if (values.json)
    process.stdout.write(`${JSON.stringify({ ready: true, lobby: sandbox.lobby, orgs: sandbox.orgs, dir: values.dir })}\n`);
  say('stop', { dir: relative(process.cwd(), values.dir) || '.' });
  const stop = async (): Promise<void> => {
    await sandbox.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
} catch (error) {
  say('failed');
  const why = error instanceof Error ? error.message : String(error);
  if (values.json) process.stdout.write(`${JSON.stringify({ ready: false, why })}\n`);
  else process.stderr.write(`${why}\n`);
  process.exit(1);
}

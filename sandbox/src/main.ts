import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, startSandbox } from './sandbox.ts';

const words: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'messages', 'en.json'), 'utf8'),
);

/** Says a sentence of the catalogue. */
function say(key: string, values: Readonly<Record<string, string>> = {}): void {
  const sentence = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? key);
  process.stdout.write(`${sentence}\n`);
}

const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: join(ROOT, '.comity') },
    port: { type: 'string', default: '7400' },
    fresh: { type: 'boolean', default: false },
  },
});

try {
  say('preparing');
  const sandbox = await startSandbox({
    dir: values.dir,
    port: Number(values.port),
    fresh: values.fresh,
    step: (step) => say(step),
  });
  say('ready', { url: sandbox.lobby });
  say('stop', { dir: relative(process.cwd(), values.dir) || '.' });
  const stop = async (): Promise<void> => {
    await sandbox.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
} catch (error) {
  say('failed');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

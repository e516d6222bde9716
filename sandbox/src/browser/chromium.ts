import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../sandbox.ts';

/** The package's defaults hold --single-process and --disable-web-security, which would hide faults of the content security policy. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--force-color-profile=srgb'];

/** Starts the browser that comes from npm. It is unpacked once, under node_modules. */
export async function launchChromium(): Promise<Browser> {
  const home = join(ROOT, 'node_modules', '.cache', 'chromium');
  const whole = join(home, 'unpacked-whole');
  // An unpacking that was cut off leaves a browser that does not start: begin again.
  if (!existsSync(whole)) rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  // The package reads the folder for its files when it is imported.
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = home;
  const { default: packed, inflate } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  const libraries = join(home, 'al2023', 'lib');
  // A slim Debian lacks the NSS libraries; the package carries them.
  if (!existsSync(libraries)) await inflate(join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'bin', 'al2023.tar.br'));
  writeFileSync(whole, '');
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    args: ARGS,
    headless: true,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, TMPDIR: home },
  });
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  return browser;
}

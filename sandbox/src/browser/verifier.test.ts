import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { canonicalJson } from '@comity/core';
import type { CaseView } from '@comity/node/api';
import type { CaseFile } from '@comity/verify';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '../pages.ts';
import { ROOT } from '../sandbox.ts';
import { cooperation } from '../stories/cooperation.ts';
import { edited, type Loose } from '../stories/tampering.ts';
import { teller } from '../stories/teller.ts';
import { ORDER, testSandbox } from '../testing.ts';
import { launchChromium } from './chromium.ts';
import { becomesTrue } from './desk.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-verifier-'));
let browser: Browser;
let verifier = '';
let genuine: CaseFile;
/** A proof that the order was validated, and the policy for it, as a node hands them out. */
let handed: { readonly proof: string; readonly policy: string };
/** What any page asked of the network, or complained about. */
const asked: string[] = [];

beforeAll(async () => {
  const sandbox = await testSandbox({ only: ORDER });
  try {
    const told = await cooperation(sandbox, teller({}, true));
    const [holder] = told.holders;
    if (holder === undefined) throw new Error('nobody holds the case');
    genuine = await holder.get<CaseFile>(`/api/cases/${told.case}/proof`);
    const { acts } = await holder.get<CaseView>(`/api/cases/${told.case}`);
    const act = acts.find(({ type }) => type === 'validate')?.digest;
    const text = async (path: string): Promise<string> => Buffer.from(await holder.bytes(path)).toString();
    handed = { proof: await text(`/api/cases/${told.case}/acts/${act}/proof`), policy: await text('/public/policy') };
    writeFileSync(join(dir, 'trust.json'), readFileSync(join(sandbox.dir, 'trust.json')));
  } finally {
    await sandbox.stop();
  }
  verifier = join(await buildPages(ROOT), 'verifier.html');
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The page, opened from the disk without a network. */
async function open(search = '', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const own = pathToFileURL(verifier).href;
  // The page itself, and the worker that it makes of its own script: neither leaves the computer.
  page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('blob:null/')) asked.push(request.url());
  });
  page.on('pageerror', (error) => asked.push(error.message));
  page.on('console', (message) => asked.push(message.text()));
  await page.goto(own + search);
  return page;
}

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

async function choose(page: Page, path: string, trust = join(dir, 'trust.json')): Promise<void> {
  await page.setInputFiles('#file', path);
  await page.setInputFiles('#trust-file', trust);
  expect(await becomesTrue(page, "document.getElementById('trust').value !== ''")).toBe(true);
  await page.locator('button[type=submit]').click();
}

async function verdictOn(page: Page, path: string, trust?: string): Promise<string> {
  await choose(page, path, trust);
  return (await page.locator('.verdict').textContent()) ?? '';
}

async function faultsOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const nodes = violations.flatMap(({ id, nodes: at }) => at.map((node) => `${id} ${node.target.join(' ')}`));
  return Number(wide) > 0 ? [...nodes, `${wide} pixels too wide`] : nodes;
}

const tampered = (): string => JSON.stringify(edited(genuine, (copy) => (copy.acts[0].body.data.purpose = 'something-else')));

describe('the page that verifies without a network', () => {
  test('is one file of at most 250 kB, which forbids itself every connection', () => {
    expect(statSync(verifier).size).toBeLessThanOrEqual(250 * 1024);
    const page = readFileSync(verifier, 'utf8');
    expect(page).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
    expect(page).not.toMatch(/<(link|img|iframe)\b|\ssrc=|@import|url\(/);
  });

  test('finds a genuine file by the book, packed as it is handed out or plain', async () => {
    const page = await open();
    expect(await verdictOn(page, file('plain.comity', JSON.stringify(genuine)))).toBe('By the book');
    const packed = file('packed.comity', gzipSync(canonicalJson(genuine as never)));
    expect(await verdictOn(page, packed)).toBe('By the book');
    expect(await page.locator('.timeline').first().locator('li').count()).toBe(genuine.acts.length);
    expect(await page.locator('.findings').count()).toBe(0);
    await page.context().close();
  });

  test('names what was done to a file that is not, in colour, words and sign', async () => {
    const page = await open();
    expect(await verdictOn(page, file('bad.comity', tampered()))).toBe('Tampered with');
    expect(await page.locator('.verdict.stop svg').count()).toBe(1);
    expect(await page.locator('.findings li.stop').first().textContent()).toContain('was altered after signing');
    await page.context().close();
  });

  test('says nothing for or against what it cannot read', async () => {
    const page = await open();
    const bytes = gzipSync(canonicalJson(genuine as never));
    const cut = file('cut.comity', bytes.subarray(0, 1000));
    const longer = file('longer.comity', Buffer.concat([bytes, bytes]));
    for (const path of [cut, longer, file('empty.comity', ''), file('text.comity', 'hello')])
      expect(await verdictOn(page, path)).toBe('Cannot tell');
    expect(await verdictOn(page, file('plain.comity', JSON.stringify(genuine)), file('no-trust.json', '{}'))).toBe('Cannot tell');
    expect(await page.locator('#outcome').textContent()).toContain('trust file cannot be used');
    await page.context().close();
  });

  test('says whether a proof holds under a policy, and shows the entry only where it does', async () => {
    const page = await open();
    const { proof, policy } = handed;
    expect(await verdictOn(page, file('good.tlog-proof', proof), file('trust.policy', policy))).toBe('The proof holds');
    const said = (await page.locator('#outcome').textContent()) ?? '';
    expect(said).toContain('Taken in: Order validated (received.validate)');
    expect(said).toMatch(/Who witnessed the log.*eu-overseer/);
    expect(await faultsOn(page)).toEqual([]);
    const moved = proof.replace(/^index \d+$/m, 'index 0');
    expect(await verdictOn(page, file('moved.tlog-proof', moved), file('trust.policy', policy))).toBe('The proof does not hold');
    expect(await page.locator('#outcome').textContent()).not.toContain('What the entry says');
    const alone = policy.replace(/^(witness|group|quorum) .*\n/gm, '');
    expect(await verdictOn(page, file('good.tlog-proof', proof), file('alone.policy', `${alone}quorum none\n`))).toBe(
      'The proof holds',
    );
    expect(await page.locator('#outcome').textContent()).toContain('asks for no witness');
    const sole = `${alone}witness w ${WITNESS}\nquorum w\n`;
    expect(await verdictOn(page, file('good.tlog-proof', proof), file('sole.policy', sole))).toBe('Cannot tell');
    expect(await page.locator('#outcome').textContent()).toContain('w.test');
    await page.context().close();
  });

  test('is answerable in English, French and Arabic, from the right as from the left, and keeps what was chosen', async () => {
    const page = await open('?lang=ar', { viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
    await verdictOn(page, file('bad.comity', tampered()));
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await faultsOn(page)).toEqual([]);
    await page.locator('header select').selectOption('fr');
    expect(await page.locator('.verdict').textContent()).not.toMatch(/[a-z]-[a-z]|[؀-ۿ]/);
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await faultsOn(page)).toEqual([]);
    await page.context().close();
  });

  test('prints the answer without what was asked for', async () => {
    const page = await open('', { colorScheme: 'dark' });
    await verdictOn(page, file('bad.comity', tampered()));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.locator('.verdict').isVisible()).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.verdict')).color")).toBe('rgb(0, 0, 0)');
    await page.context().close();
  });

  test.each([
    ['nothing but brackets', () => '['.repeat(5_000_000)],
    ['a bomb of gzip', () => gzipSync(Buffer.alloc(300_000_000))],
    ['a hundred thousand findings', () => JSON.stringify(edited(genuine, crowd))],
    ['markup in every text', () => JSON.stringify(edited(genuine, markUp))],
  ])('stays alive and answers when a file brings %s', async (_, make) => {
    const page = await open();
    const words = await verdictOn(page, file('hostile.comity', make()));
    expect(['Cannot tell', 'Tampered with', 'By the book']).toContain(words);
    expect(await page.locator('.findings li').count()).toBeLessThanOrEqual(600);
    expect(await page.locator('img').count()).toBe(0);
    await page.context().close();
  });

  test('can be stopped while it works', async () => {
    const page = await open();
    await choose(page, file('long.comity', JSON.stringify(edited(genuine, (copy) => slow(copy)))));
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Stopped');
    await page.context().close();
  });

  test('asked nobody for anything, and complained about nothing', () => {
    expect(asked).toEqual([]);
  });
});

function markUp(copy: Loose): void {
  copy.case = '<img src=x onerror=alert(1)>';
  copy.madeBy = copy.case;
  copy.acts[0].body.type = copy.case;
}

const WITNESS = 'w.test/w+e5ed5bfb+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';

/** An extract with as many unreadable entries as a file may hold. */
function crowd(copy: Loose): void {
  for (const log of copy.logs)
    log.entries = Array.from({ length: 50_000 }, (_, i) => ({ index: String(i), entry: 'AAAA', proof: [] }));
}

/** Some forty megabytes of receipts, each with a signature to be checked. */
function slow(copy: Loose): void {
  const [receipt] = copy.receipts;
  const [head, payload] = receipt.receipt.split('.');
  copy.receipts = Array.from({ length: 40_000_000 / receipt.receipt.length }, (_, i) => ({
    ...receipt,
    receipt: `${head}.${payload}.${Buffer.alloc(64, `${i}`).toString('base64url')}`,
  }));
}

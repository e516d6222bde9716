import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Actor } from '../../stories/actor.ts';
import { DRAFT } from '../../stories/cooperation.ts';
import { becomesTrue, type Desk, openDesk } from '../desk.ts';
import { faultsOn } from '../faults.ts';
import { printedRuns } from '../printed.ts';
import { picture, type SealedFor, sealedContainer } from '../sealed.ts';
import { type Room, room } from './room.ts';

const MAIL = [
  'From: =?utf-8?q?Marta_Duarte?= <m.duarte@skymail.example>',
  'To: <bank@example.org>',
  'Subject: =?utf-8?q?Transfer=C3=AAncia?=',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/html',
  '',
  '<img src="https://tracker.example/pixel.png"><script>document.title = "run"</script>',
  '--b--',
].join('\r\n');
const MBOX = ['From a', 'Subject: first', '', 'Hello', '', 'From b', 'Subject: second', '', 'مرحبا'].join('\n');
const FILES = {
  'table.csv': {
    type: 'text/csv',
    bytes: Buffer.from('time,ip\r\n2026-03-01T10:00:00Z,192.0.2.1\r\n2026-03-02T10:00:00Z,192.0.2.2\r\n'),
  },
  'note.txt': { type: 'text/plain', bytes: Buffer.from('One line.\nAnother <b>line</b>.') },
  'long.txt': { type: 'text/plain', bytes: Buffer.from(Array.from({ length: 400 }, (_, i) => `line ${i}`).join('\n')) },
  'letter.eml': { type: 'message/rfc822', bytes: Buffer.from(MAIL) },
  'box.mbox': { type: 'application/mbox', bytes: Buffer.from(MBOX) },
  'photo.png': { type: 'image/png', bytes: picture(640, 400) },
  'program.bin': { type: 'application/octet-stream', bytes: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]) },
};

/** What a page shows of files that were delivered. */
export function viewersTests(): void {
  let sandbox: Room['sandbox'];
  let browser: Room['browser'];
  let desk: Desk;
  let caseId = '';
  let delivery: SealedFor;
  const complaints: string[] = [];
  const strangers: string[] = [];

  beforeAll(async () => {
    ({ sandbox, browser } = await room());
    desk = await openDesk(sandbox, await browser.newContext({ viewport: { width: 1280, height: 900 } }), complaints);
    caseId = await (await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1')).open(DRAFT);
    delivery = await sealedContainer(FILES);
    desk.page.on('request', (request) => {
      if (!request.url().startsWith(desk.at('pt-prosecution', '/'))) strangers.push(request.url());
    });
  });

  afterAll(() => desk?.page.context().close());

  /** The node's answers for an item that was delivered to another office: everything behind them is the page's own work. */
  async function handOut(page: Page, given: SealedFor): Promise<void> {
    await page.route('**/items/i1/unsealing', (route) => route.fulfill({ json: given.means }));
    await page.route('**/items/i1/sealed', (route) =>
      route.fulfill({ body: given.sealed, contentType: 'application/octet-stream' }),
    );
    await page.route('**/acts', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ json: { act: 'opened' } }) : route.continue(),
    );
  }

  async function openIt(page: Page, language = 'en'): Promise<void> {
    await desk.openCase('pt-prosecution', caseId);
    await page.goto(desk.at('pt-prosecution', `/cases/${caseId}/items/i1/open?lang=${language}`));
    await page.locator('textarea').fill('To read what was delivered.');
    await page.locator('input[type=radio]').first().check();
    await page.locator('input[type=password]').fill('sandbox');
    await page.locator('form button[type=submit]').click();
    await page.locator('.watermark').first().waitFor({ timeout: 30_000 });
  }

  const show = async (name: string): Promise<void> => {
    await desk.page.getByRole('button', { name: `evidence/${name}` }).click();
  };

  const faults = (page: Page, where: string) => faultsOn(page, where, [{ width: 1280 }, { width: 390 }]);

  describe('an opened delivery', () => {
    test('says who signed it, and shows its table under a line that says who looks', async () => {
      await desk.enter('pt-prosecution', 'investigator-1');
      await handOut(desk.page, delivery);
      await openIt(desk.page);
      const checks = desk.page.getByRole('region', { name: 'Evidence container' });
      await checks.getByText('Sound: everything is as somebody you trust has signed it.').waitFor();
      expect(await checks.textContent()).toContain('Signed by Skymail Ireland');
      await desk.page.getByText('Opened: 2 rows with 2 columns.').waitFor();
      expect(await desk.page.locator('.watermark').first().textContent()).toContain('Opened by Rui Tavares');
      expect(await faults(desk.page, 'table')).toEqual([]);
    });

    test('shows text and mail as they are written: nothing is run, nothing is fetched', async () => {
      await show('note.txt');
      await desk.page.getByText('Another <b>line</b>.').waitFor();
      await show('letter.eml');
      await desk.page.getByText('Transferência').waitFor();
      await desk.page.getByText('This message is written in HTML.').waitFor();
      await desk.page.getByText('https://tracker.example/pixel.png').waitFor();
      expect(await desk.page.title()).not.toBe('run');
      expect(await faults(desk.page, 'mail')).toEqual([]);
      await show('box.mbox');
      await desk.page.getByText('Opened: 2 messages.').waitFor();
      await desk.page.getByLabel('Message to read').selectOption('2. second');
      await desk.page.getByText('مرحبا').waitFor();
      expect(strangers).toEqual([]);
    });

    test('draws a picture with the line in it', async () => {
      await show('photo.png');
      await desk.page.getByText('Opened: a picture of 640 by 400 pixels.').waitFor();
      const canvas = desk.page.getByRole('img', { name: /Picture\. Opened by Rui Tavares/ });
      await canvas.waitFor();
      // The left column of the picture has no red; only what is written over it has.
      const drawn =
        "(() => { const c = document.querySelector('canvas.picture'); return c.width === 640 && c.height === 400 })()";
      expect(await becomesTrue(desk.page, drawn)).toBe(true);
      const marked = `(() => {
      const { data } = document.querySelector('canvas.picture').getContext('2d').getImageData(0, 0, 40, 400);
      let light = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] > 90) light++;
      return light;
    })()`;
      expect(Number(await desk.page.evaluate(marked))).toBeGreaterThan(20);
      expect(await faults(desk.page, 'picture')).toEqual([]);
    });

    test('does not show what it does not know, and offers no file where the procedure allows none', async () => {
      await show('program.bin');
      await desk.page.getByText('Files of this kind are not shown here.').waitFor();
      expect(await desk.page.getByRole('button', { name: 'Save as a file' }).count()).toBe(0);
      await desk.page.getByText('The procedure does not let you save these data as a file.').waitFor();
    });

    test('stays under the line on every page of a print', async () => {
      await show('long.txt');
      await desk.page.getByText('Opened: 400 lines.').waitFor();
      const pages = printedRuns(await desk.page.pdf({ format: 'A4' }));
      expect(pages.length).toBeGreaterThan(3);
      // The line stands at the head and at the foot of every page.
      const twice = (page: readonly string[]): readonly string[] =>
        page.filter((run, index) => page.indexOf(run) < index && run.length > 20);
      const [first = [], ...others] = pages.map(twice);
      expect(first.filter((run) => others.every((page) => page.includes(run)))).not.toEqual([]);
    });

    test('reads from right to left in Arabic, in both sizes', async () => {
      await openIt(desk.page, 'ar');
      await desk.page.locator('.checks').waitFor();
      expect(await faults(desk.page, 'Arabic')).toEqual([]);
    });

    test('is kept as a file where the procedure of the case lets it', async () => {
      const { page } = desk;
      const open = { type: 'open', role: 'investigator', items: [], choices: {}, complete: false, sections: [], required: [] };
      await page.route(`**/api/cases/${caseId}`, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({
          response: answer,
          json: { ...(await answer.json()), moves: [{ ...open, carries: {}, assigns: [], download: true }] },
        });
      });
      await openIt(page);
      await show('note.txt');
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as a file' }).click(),
      ]);
      expect(saved.suggestedFilename()).toBe('note.txt');
      expect(readFileSync(await saved.path(), 'utf8')).toBe('One line.\nAnother <b>line</b>.');
      expect(await page.getByText('The procedure does not let you save').count()).toBe(0);
      await page.unroute(`**/api/cases/${caseId}`);
    });

    test('shows nothing when a byte of the sealed file was turned', async () => {
      const sealed = Buffer.from(delivery.sealed);
      sealed[sealed.length - 40] = (sealed[sealed.length - 40] ?? 0) ^ 1;
      await desk.page.unroute('**/items/i1/sealed');
      await desk.page.route('**/items/i1/sealed', (route) =>
        route.fulfill({ body: sealed, contentType: 'application/octet-stream' }),
      );
      await desk.page.goto(desk.at('pt-prosecution', `/cases/${caseId}/items/i1/open?lang=en`));
      await desk.page.locator('textarea').fill('To read what was delivered.');
      await desk.page.locator('input[type=radio]').first().check();
      await desk.page.locator('input[type=password]').fill('sandbox');
      await desk.page.locator('form button[type=submit]').click();
      await desk.page.getByRole('alert').waitFor({ timeout: 30_000 });
      expect(await desk.page.locator('.watermark').count()).toBe(0);
    });

    test('that is too large for a page is handed out sealed, with the way to open it', async () => {
      const means = { ...delivery.means, size: 600 * 1024 * 1024 };
      await handOut(desk.page, { ...delivery, means });
      await desk.page.locator('form button[type=submit]').click();
      await desk.page.getByText('This delivery is 629.1 MB.').waitFor();
      expect(await desk.page.getByRole('link', { name: 'Save the sealed file' }).getAttribute('href')).toContain(
        '/items/i1/sealed',
      );
      expect(await faults(desk.page, 'too large')).toEqual([]);
    });
  });

  test('no page complained', () => {
    expect(complaints).toEqual([]);
  });
}

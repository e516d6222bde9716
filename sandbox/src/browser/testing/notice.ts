import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askAndApprove, type People, signInAll } from '../../stories/cooperation.ts';
import { teller } from '../../stories/teller.ts';
import { type Room, room } from './room.ts';

const WISH = {
  language: 'ur',
  person: { name: 'M. Duarte', address: 'Lisboa' },
  items: ['i1', 'i2'],
  remedies: { court: 'Tribunal Central', limit: '30 dias', how: 'por escrito' },
  contact: 'DIAP Lisboa',
};

/** What the person concerned reads, and how they complain. */
export function noticeTests(): void {
  let sandbox: Room['sandbox'];
  let browser: Room['browser'];
  let phone: BrowserContext;
  let page: Page;
  let people: People;
  let id = '';
  let code = '';
  let asked: string[] = [];

  beforeAll(async () => {
    ({ sandbox, browser } = await room());
    people = await signInAll(sandbox);
    id = await askAndApprove(people, teller({}, true));
    const written = await people.prosecutor.post<{ document: object; digest: string }>(`/api/cases/${id}/notice`, WISH);
    code = written.digest.slice(0, 20).replaceAll(/(.{4})(?!$)/g, '$1-');
    await people.prosecutor.act(id, {
      type: 'inform-person',
      data: { letter: written.digest, language: 'ur' },
      sections: { letter: written.document },
    });
    // A telephone whose browser runs no script.
    phone = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 }, locale: 'ur' });
    page = await phone.newPage();
    page.on('request', (request) => asked.push(request.url()));
  });

  afterAll(() => phone?.close());

  const at = (path: string): string => `${sandbox.orgs.find((org) => org.id === 'pt-prosecution')?.url}${path}`;

  /** Faults by WCAG 2.2 A and AA: looked at in a window that runs scripts, for axe is one. */
  async function faultsAt(path: string): Promise<readonly string[]> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true });
    const looked = await context.newPage();
    await looked.goto(at(path));
    const { violations } = await new AxeBuilder({ page: looked })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const wider = Number(await looked.evaluate('document.documentElement.scrollWidth - innerWidth'));
    await context.close();
    return [
      ...violations.flatMap(({ id: rule, nodes }) => nodes.map(({ target }) => `${rule} ${target.join(' ')}`)),
      ...(wider > 0 ? ['wide'] : []),
    ];
  }

  test('a code is looked up without script, account or cookie; a wrong one is told plainly', async () => {
    await page.goto(at('/notice'));
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.locator('#code').fill('0000-0000-0000-0000-0000');
    await page.locator('button').click();
    expect(await page.locator('.problem').textContent()).toContain('کوئی خط نہیں');
    await page.locator('#code').fill(code.toUpperCase());
    await page.locator('button').click();
    expect(await page.locator('h1').textContent()).toBe('آپ کا ڈیٹا طلب کیا گیا تھا');
    expect(await page.context().cookies()).toEqual([]);
  });

  test('the letter says what was asked, when and what can be done, in the person’s language or another; not who the person is', async () => {
    const told = (await page.locator('main').textContent()) ?? '';
    for (const part of ['m.duarte@skymail.example', 'Skymail Cloud Ltd', 'Tribunal Central', '30 dias'])
      expect(told).toContain(part);
    expect(told).not.toContain('M. Duarte');
    await page.getByRole('link', { name: 'português' }).click();
    expect(await page.locator('h1').textContent()).toBe('Os seus dados foram pedidos');
    expect(await faultsAt(`/notice/${code}?lang=ur`)).toEqual([]);
    expect(await faultsAt('/notice?lang=zh')).toEqual([]);
    expect(asked.every((url) => url.startsWith(at('/')))).toBe(true);
  });

  test('a complaint gets a number, and stands in the case with what was written; the log knows only that there is one', async () => {
    await page.locator('#about').selectOption('not-me');
    await page.locator('#text').fill('The account was closed in 2025. <b>It is not mine.</b>');
    await page.locator('#want').selectOption('answer');
    await page.getByRole('button', { name: 'Enviar a queixa' }).click();
    const number = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await page.locator('.done').textContent()) ?? '')?.[0];
    expect(number).toBeDefined();
    const view = await people.prosecutor.read(id);
    expect(view.complaints).toMatchObject([
      { number, about: 'not-me', want: 'answer', said: { text: 'The account was closed in 2025. <b>It is not mine.</b>' } },
    ]);
    expect(view.complaints[0]?.index).not.toBeNull();
    asked = [];
    await page.reload();
    expect((await people.prosecutor.read(id)).complaints.length).toBe(1);
  });

  test('a complaint without a word is asked for one, and nothing is kept', async () => {
    const answer = await fetch(at(`/notice/${code}/complaints`), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ lang: 'en', about: 'other', want: 'answer', text: '  ' }),
    });
    expect([answer.status, (await answer.text()).includes('role="alert"')]).toEqual([422, true]);
    const unknown = await fetch(at('/notice/0000-0000-0000-0000-0000/complaints'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ about: 'other', want: 'answer', text: 'x' }),
    });
    expect(unknown.status).toBe(404);
    expect((await people.prosecutor.read(id)).complaints.length).toBe(1);
  });

  test('the page is light: less than 60 kB, in one request, and nothing keeps it', async () => {
    const answer = await fetch(at(`/notice/${code}`));
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(60_000);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
}

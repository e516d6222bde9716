import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { canonicalJson } from '@comity/core';
import type { CaseView, PreviewView, ShareView, UnsealingView } from '@comity/node/api';
import { sha256, signatureChecks } from '@comity/node/keys';
import { openJointly, openShare, recoverIdentity, type Share, unseal } from '@comity/seal';
import { parseManifest } from '@comity/seal/manifest';
import { verifyCase } from '@comity/verify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './browser/chromium.ts';
import { type Desk, openDesk } from './browser/desk.ts';
import { PASSPHRASE } from './directory.ts';
import { type Actor, RefusedByNode } from './stories/actor.ts';
import { askAndApprove, both, type People, settled, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

const ITEM = 'i2';
let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let browser: Browser;
let people: People;
let id: string;
let handedIn: string | undefined;

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([testSandbox({ only: ORDER, changeLaw: demandTwo, pages: true }), launchChromium()]);
  people = await signInAll(sandbox);
  id = await askAndApprove(people, teller({}, true));
  await prepare(people);
  handedIn = await refusalOf(people.reviewer.post(`/api/cases/${id}/uploads`, { item: ITEM, size: 9, sha256: 'a'.repeat(64) }));
  await people.reviewer.act(id, { type: 'deliver', data: { decisions: both('deliver') } });
  await people.prosecutor.until(id, 'open');
  await people.judge.reaches(id, (view) => itemIn(view).joint !== undefined);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

/** Under the procedure of this test alone, prosecutor and court open together what a provider delivers. No law of ours says so. */
function demandTwo(dir: string): void {
  const [file, index] = [join(dir, 'eu.epoc.json'), join(dir, 'index.json')];
  const pack = JSON.parse(readFileSync(file, 'utf8'));
  const { deliver } = pack.acts;
  deliver.joint = { needed: 2, seats: ['issuing', 'validating'] };
  deliver.shares = ['issuing', 'validating'];
  deliver.sections.package = ['issuing', 'provider', 'validating'];
  const text = canonicalJson(pack);
  writeFileSync(file, text);
  const digest = createHash('sha256').update(text).digest('hex');
  const listed: readonly { readonly id: string }[] = JSON.parse(readFileSync(index, 'utf8'));
  const changed = listed.map((entry) => (entry.id === 'eu.epoc' ? { ...entry, sha256: digest } : entry));
  writeFileSync(index, JSON.stringify(changed));
}

/** Two items are minimised and cleared: next they are delivered. */
async function prepare({ officer, analyst, reviewer }: People): Promise<void> {
  await officer.until(id, 'clear');
  await analyst.until(id, 'minimise');
  const decisions = [];
  for (const { item, choice } of both('minimise')) {
    const { previewDigest } = await analyst.post<PreviewView>(`/api/cases/${id}/items/${item}/preview`);
    decisions.push({ item, choice, preview: previewDigest });
  }
  await analyst.act(id, { type: 'minimise', data: { decisions } });
  await officer.act(id, { type: 'clear' });
  await reviewer.until(id, 'deliver');
}

async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem.code;
    throw error;
  }
}

function itemIn(view: CaseView, item = ITEM): CaseView['items'][number] {
  const found = view.items.find((one) => one.item.id === item);
  if (found === undefined) throw new Error(`no item ${item}`);
  return found;
}

const path = (item = ITEM): string => `/api/cases/${id}/items/${item}`;
const means = (actor: Actor, item = ITEM): Promise<ShareView> =>
  actor.post<ShareView>(`${path(item)}/share`, { purpose: 'work' });

/** As `comity share` does it, on the holder's own machine. */
async function shareOf(actor: Actor, item = ITEM): Promise<Share> {
  const given = await means(actor, item);
  const identity = await recoverIdentity(given.identity, PASSPHRASE);
  if (!identity.ok) throw new Error(identity.refusal.code);
  const share = await openShare(Buffer.from(given.header, 'base64'), identity.value);
  if (!share.ok) throw new Error(share.refusal.code);
  return share.value;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The means of the receiver, and the sealed file. */
async function received(): Promise<{ readonly given: UnsealingView; readonly file: Uint8Array }> {
  const given = await people.prosecutor.post<UnsealingView>(`${path()}/unsealing`, { purpose: 'work' });
  return { given, file: await people.prosecutor.bytes(`${path()}/sealed`) };
}

/** Opens it with these shares; the digest of the content as the manifest promises it, or the refusal. */
async function openWith(shares: readonly Share[]): Promise<{ readonly digest: string } | { readonly refused: object }> {
  const { given, file } = await received();
  const manifest = parseManifest(given.manifest);
  const commitments = manifest.ok ? (manifest.value.joint?.holders ?? []).map(({ commitment }) => commitment) : [];
  const opened = await openJointly(once(file), { shares, commitments });
  if (!opened.ok) return { refused: opened.refusal };
  const digest = createHash('sha256').update(Buffer.from(given.plaintextSalt, 'base64url'));
  for await (const piece of opened.value) digest.update(piece);
  return { digest: digest.digest('hex') };
}

/** Goes to the item's page, as somebody of an office. */
async function toItem(desk: Desk, org: string, person: string): Promise<void> {
  await desk.enter(org, person);
  await desk.openCase(org, id);
  await desk.page.goto(desk.at(org, `/cases/${id}/items/${ITEM}/open?lang=en`));
  await desk.page.getByText('must come together').waitFor();
}

/** Faults by WCAG 2.2 A and AA. */
async function faultsOn({ page }: Desk): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.flatMap(({ id: rule, nodes }) => nodes.map((node) => `${rule} ${node.target.join(' ')}`));
}

describe('a delivery that the procedure lets nobody open alone', () => {
  it('says to both offices who must come together, and is in the vault of its receiver alone', async () => {
    const joint = { needed: 2, holders: ['pt-prosecution', 'pt-court'] };
    for (const actor of [people.prosecutor, people.judge]) {
      const shown = itemIn(await actor.read(id)).joint;
      expect({ ...shown, holders: shown?.holders.map((one) => one.id) }).toEqual(joint);
    }
    expect((await sandbox.node('pt-prosecution').house.vault.list()).length).toBe(2);
    expect(await sandbox.node('pt-court').house.vault.list()).toEqual([]);
    const { given } = await received();
    expect(given.manifest['to']).toEqual([]);
    expect(given.manifest['joint']).toMatchObject({ needed: 2, holders: [{ party: 'pt-prosecution' }, { party: 'pt-court' }] });
  });

  it('is not taken as a file that was sealed elsewhere: nobody could see that it is sealed to both', () => {
    expect(handedIn).toBe('sealed-jointly');
  });

  it('is not opened by either office with its key, or with its share', async () => {
    const { file } = await received();
    for (const actor of [people.prosecutor, people.judge]) {
      const identity = await recoverIdentity((await means(actor)).identity, PASSPHRASE);
      if (!identity.ok) throw new Error(identity.refusal.code);
      expect(await unseal(once(file), identity.value)).toMatchObject({ refusal: { code: 'unseal-refused' } });
      expect(await openWith([await shareOf(actor)])).toEqual({
        refused: { code: 'shares-too-few', field: 'shares', values: { needed: 2, given: 1 } },
      });
    }
  });

  it('names the share that is wrong: of another item, altered, or given twice', async () => {
    const [ours, court] = [await shareOf(people.prosecutor), await shareOf(people.judge)];
    const wrong = { code: 'share-invalid', field: 'shares.1' };
    for (const other of [
      await shareOf(people.judge, 'i4'),
      { ...court, data: Buffer.from(court.data, 'base64url').reverse().toString('base64url') },
      ours,
    ])
      expect(await openWith([ours, other])).toMatchObject({ refused: wrong });
  });

  it('opens when both come together, and the case file is by the book', async () => {
    const opened = await openWith([await shareOf(people.judge), await shareOf(people.prosecutor)]);
    if (!('digest' in opened)) throw new Error(JSON.stringify(opened));
    await people.prosecutor.act(id, {
      type: 'open',
      data: { decisions: [{ item: ITEM, choice: 'open', plaintext: opened.digest }] },
      sections: { reason: { text: 'Opened together with the court.' } },
    });
    const { directoryKey } = sandbox.node('pt-prosecution').house;
    for (const actor of [people.prosecutor, people.reviewer, people.judge]) {
      const file = await actor.get(`/api/cases/${id}/proof`);
      const report = verifyCase(file, { v: 1, env: 'sandbox', directoryKey }, { sha256, checks: signatureChecks });
      expect([report.findings.filter(({ kind }) => kind !== 'remark'), report.checked.manifests]).toEqual([[], 2]);
    }
    const asked = (await people.judge.read(id)).reads.filter(({ item }) => item === ITEM);
    expect(asked.length).toBeGreaterThan(0);
  });

  it('opens in the page of the prosecutor, with the share that the court gave in its own', async () => {
    const complaints: string[] = [];
    const desk = await openDesk(sandbox, await browser.newContext({ acceptDownloads: true }), complaints);
    const { page } = desk;
    await toItem(desk, 'pt-court', 'judge-1');
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Give this office’s share']);
    expect(await page.locator('main').textContent()).toContain('2 of these 2 offices must come together');
    await page.getByLabel('I work on this case').check();
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Take out the share' }).click();
    const share = readFileSync(await (await saved).path());
    await page.getByText('The share was saved, sealed to').waitFor();
    // Sealed to the prosecutor's office: what lies on a stick, or in a mail, opens nothing.
    expect(share.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(await faultsOn(desk)).toEqual([]);
    await toItem(desk, 'pt-prosecution', 'prosecutor-1');
    expect(await faultsOn(desk)).toEqual([]);
    const form = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Open together' }) });
    await form.getByLabel('I work on this case').check();
    await form.getByLabel('Why are you opening').fill('Together with the court.');
    await form.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    const give = (name: string, buffer: Buffer) =>
      form.locator('input[type=file]').setInputFiles([{ name, mimeType: 'application/octet-stream', buffer }]);
    await give('not-a-share.age', Buffer.from('nothing'));
    await form.getByRole('button', { name: 'Open the data' }).click();
    await page.getByText('A share is wrong').waitFor();
    expect(await page.locator('.problem').textContent()).toContain('not-a-share.age');
    await give('share.age', share);
    await form.getByRole('button', { name: 'Open the data' }).click();
    await page.getByText('Opened: 40 rows with 9 columns.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('gives its header to nobody who holds no share, and to its holders from whoever still keeps it', async () => {
    await expect(means(people.officer)).rejects.toThrow('delivery-unknown');
    await expect(means(people.reviewer)).rejects.toThrow('delivery-unknown');
    const { ciphertext } = await means(people.judge);
    const of = (org: string) => sandbox.node(org).house;
    const skymail = of('pt-court').directory.parties.find((party) => party.id === 'ie-skymail');
    if (skymail === undefined) throw new Error('no such party');
    expect(await of('ie-authority').peers.fetchHeader(skymail, ciphertext)).toBeUndefined();
    expect(await of('pt-court').peers.fetchHeader(skymail, ciphertext)).toBeInstanceOf(Uint8Array);
    await people.reviewer.act(id, { type: 'destroy-source', data: { decisions: both('destroy') } });
    expect(await of('pt-court').peers.fetchHeader(skymail, ciphertext)).toBeUndefined();
    // The receiver has it still.
    expect((await shareOf(people.judge)).index).toBe(2);
    await people.prosecutor.act(id, {
      type: 'destroy',
      data: { decisions: both('destroy') },
      sections: { reason: { text: 'The proceedings ended.' } },
    });
    await expect(means(people.judge)).rejects.toThrow('header-missing');
    await expect(means(people.prosecutor)).rejects.toThrow('header-missing');
    await settled([people.prosecutor, people.reviewer], id);
  });
});

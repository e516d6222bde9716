import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject } from '@comity/core';
import { bagInFolder, checkBag } from '@comity/formats/bagit';
import { lintMessage, readMessageJson, readOrder } from '@comity/formats/hi1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './sandbox.ts';
import { answer, askAndApprove, DRAFT, type People, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let people: People;
let id: string;
let file: string;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  people = await signInAll(sandbox);
  id = await askAndApprove(people, teller({}, true));
  await answer(people, id, teller({}, true));
  await people.prosecutor.reaches(id, (view) => view.items.filter(({ tracks }) => tracks['copy'] === 'held').length === 2);
  file = join(sandbox.dir, 'case.comity');
  writeFileSync(file, await people.prosecutor.bytes(`/api/cases/${id}/proof?packed=true`));
}, 120_000);
afterAll(() => sandbox.stop());

const program = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'packages/cli/bin/comity.js'), ...args], { encoding: 'utf8' });

it('a case becomes a graph of custody, the same from the desk and from its file, without anybody’s identifier', async () => {
  const graph = Buffer.from(await people.prosecutor.bytes(`/api/cases/${id}/graph`)).toString();
  expect(program('case', 'uco', file).stdout.trim()).toBe(graph);
  expect(graph).not.toContain('duarte');
  const names = [...graph.matchAll(/"@type":"case-investigation:InvestigativeAction"[^}]*/g)];
  expect(names.length).toBeGreaterThan(8);
  for (const type of ['draft', 'validate', 'deliver', 'receive-delivery']) expect(graph).toContain(`"uco-core:name":"${type}"`);
});

it('a case becomes a bag with order, proof, graph and the deliveries that its acts announce, and no other file', async () => {
  const sealed = join(sandbox.dir, 'i2.age');
  await people.prosecutor.post(`/api/cases/${id}/items/i2/unsealing`, { purpose: 'work' });
  writeFileSync(sealed, await people.prosecutor.bytes(`/api/cases/${id}/items/i2/sealed`));
  const dir = join(sandbox.dir, 'bag');
  const made = program('case', 'bag', file, '-o', dir, '--delivery', sealed);
  expect([made.stderr, made.status]).toEqual(['', 0]);
  expect(made.stdout).toContain('Announced deliveries that were not given: 1.');
  const bag = await bagInFolder(dir);
  expect(bag.ok && (await checkBag(bag.value)).valid).toBe(true);
  expect(readdirSync(join(dir, 'data')).sort()).toEqual(['custody', 'deliveries', 'order', 'proof']);
  const order = JSON.parse(readFileSync(join(dir, 'data/order/order.json'), 'utf8'));
  expect(order.acts.map(({ body }: { body: { type: string } }) => body.type)).toEqual(['draft', 'issue', 'validate', 'send']);
  // The proof in the bag is the case file, and verifies as it did.
  const trust = join(sandbox.dir, 'trust.json');
  expect(program('verify', join(dir, 'data/proof/case.comity'), '--trust', trust).status).toBe(
    program('verify', file, '--trust', trust).status,
  );
  const strange = program('case', 'bag', file, '-o', join(sandbox.dir, 'bag-2'), '--delivery', trust);
  expect([strange.status, strange.stderr]).toEqual([1, expect.stringContaining('trust.json')]);
});

it('a year is counted from the acts, alike at the desk and from files, with the definitions', async () => {
  const year = new Date().getUTCFullYear();
  const desk = await people.prosecutor.get<{
    units: object;
    a: object[];
    c: { outcome: string; type: string }[];
    definitions: object;
  }>(`/api/statistics?year=${year}&lang=fr`);
  expect(desk.units).toEqual({ requests: 1, instruments: { EPOC: 1, 'EPOC-PR': 0 }, items: 3, identifiers: 1, persons: null });
  expect(desk.c.map(({ type, outcome }) => [type, outcome]).sort()).toEqual([
    ['subscriber', 'not-fulfilled'],
    ['traffic', 'fulfilled'],
  ]);
  expect(JSON.stringify(desk.definitions)).toContain('jamais comptée');
  const told = JSON.parse(program('stats', file, file, '--year', String(year), '--zone', 'Europe/Lisbon', '--json').stdout);
  expect([told.units, told.a, told.c]).toEqual([desk.units, desk.a, desk.c]);
  expect(program('stats', file, '--year', 'next').status).toBe(1);
});

describe('the order of a case as a message of TS 103 120', () => {
  it('is written from its case file, and comes back as it went, without what was struck', async () => {
    const written = program('hi1', 'write', file, '--type-of-case', 'OtherFinancialCrimeOrFraud');
    expect(written.stderr).toBe('');
    const json: unknown = JSON.parse(written.stdout);
    const message = isJsonObject(json) ? readMessageJson(json) : undefined;
    if (message?.ok !== true) throw new Error('not read');
    expect(lintMessage(message.value).map(({ code: found }) => found)).toEqual(['unsigned']);
    const back = readOrder(message.value.message);
    expect(back.ok && back.value.order.items.map(({ item, identifier }) => [item, identifier])).toEqual(
      DRAFT.data.items
        .filter(({ id: item }) => item !== 'i3')
        .map((item) => [item, { type: 'email', value: DRAFT.sections.identifiers.i1.value }]),
    );
    expect(back.ok && [back.value.order.reference, back.value.order.approvals.length, back.value.order.notified]).toEqual([
      id,
      2,
      true,
    ]);
  });

  it('has the same ids each time, and asks first whether data exist where that is wanted', () => {
    const read = (...args: readonly string[]) => {
      const json: unknown = JSON.parse(program('hi1', 'write', file, ...args).stdout);
      const message = isJsonObject(json) ? readMessageJson(json) : undefined;
      const back = message?.ok === true ? readOrder(message.value.message) : undefined;
      if (back?.ok !== true) throw new Error('not read');
      return back.value;
    };
    const [first, again, question] = [read(), read(), read('--existence')];
    expect(again.ids).toEqual(first.ids);
    expect([first.order.existenceOnly, question.order.existenceOnly]).toEqual([undefined, true]);
    expect(question.ids.authorisation).not.toBe(first.ids.authorisation);
  });

  it('to preserve is written as preservation tasks, once it is said until when', async () => {
    const { investigator } = people;
    const { identifiers, offence, necessity } = DRAFT.sections;
    const { enforcing: _enforcing, ...seats } = DRAFT.data.seats;
    const preservation = await investigator.open({
      procedure: 'eu.epoc-pr',
      type: 'draft',
      data: { seats, items: DRAFT.data.items, purpose: DRAFT.data.purpose, retentionUntil: DRAFT.data.retentionUntil },
      sections: { identifiers, offence, necessity },
    });
    const kept = join(sandbox.dir, 'preserve.comity');
    writeFileSync(kept, await investigator.bytes(`/api/cases/${preservation}/proof?packed=true`));
    const write = (...args: readonly string[]) => program('hi1', 'write', kept, ...args);
    expect(write()).toMatchObject({ status: 1, stderr: expect.stringContaining('--preserve-until') });
    expect(write('--existence', '--preserve-until', '2027-01-25T00:00:00.000Z').stderr).toContain('--existence');
    const json: unknown = JSON.parse(write('--preserve-until', '2027-01-25T00:00:00.000Z').stdout);
    const message = isJsonObject(json) ? readMessageJson(json) : undefined;
    const back = message?.ok === true ? readOrder(message.value.message) : undefined;
    if (back?.ok !== true) throw new Error('not read');
    expect(back.value.order.items.map(({ does, until }) => [does, until])).toEqual(
      DRAFT.data.items.map(() => ['preserve', '2027-01-25T00:00:00.000Z']),
    );
    // A draft has no approval yet, and the linter says so.
    expect(message?.ok === true && lintMessage(message.value).map(({ code: found }) => found)).toEqual(['unsigned', 'missing']);
  });
});

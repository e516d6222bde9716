import type { CourierReceipts, CourierTaken, PostBag } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './sandbox.ts';
import { Actor } from './stories/actor.ts';
import { testSandbox } from './testing.ts';

let sandbox: Sandbox;
let lisbon: Actor;
let dublin: Actor;
let id: string;

const ASK = {
  procedure: 'coe.preservation',
  type: 'draft',
  data: {
    seats: { asking: 'pt-central', receiving: 'ie-authority' },
    items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }],
    purpose: 'criminal-investigation',
    retentionUntil: '2029-12-31T00:00:00.000Z',
    treatyInForce: true,
    requestFollows: true,
  },
  sections: {
    identifiers: { i1: { type: 'email', value: 'm.duarte@skymail.example' } },
    offence: { statute: 'Código Penal art. 221' },
    link: { text: 'The account received the proceeds; Skymail in Dublin holds it.' },
    necessity: { text: 'Closed accounts are deleted after ninety days.' },
  },
};

/** What waits in Lisbon for Dublin, once it has its place in the log. */
async function bag(): Promise<PostBag> {
  for (let tries = 0; tries < 100; tries++) {
    const post = await lisbon.get<PostBag>('/api/post/ie-authority');
    if (post.messages.length > 0) return post;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('nothing waits in Lisbon');
}

beforeAll(async () => {
  sandbox = await testSandbox({ only: ['pt-central', 'ie-authority', 'ie-skymail', 'pt-court'] });
  const clerk = await Actor.signIn(sandbox, 'pt-central', 'clerk-1');
  lisbon = await Actor.signIn(sandbox, 'pt-central', 'officer-1');
  dublin = await Actor.signIn(sandbox, 'ie-authority', 'clerk-1');
  id = await clerk.open(ASK);
  await lisbon.act(id, { type: 'send' });
}, 60_000);

afterAll(() => sandbox?.stop());

describe('post that is carried as a file', () => {
  it('says nothing to whoever carries it, and is taken by nobody else', async () => {
    const post = await bag();
    expect(JSON.stringify(post)).not.toContain('duarte');
    const skymail = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
    await expect(skymail.post('/api/post', post)).rejects.toThrow('message-not-for-us');
    const relabelled = await skymail.post<CourierReceipts>('/api/post', { ...post, to: 'ie-skymail' });
    expect([relabelled.receipts.length, relabelled.refused.length]).toEqual([0, 1]);
  });

  it('is refused, message by message, once it was touched, and stays in the outbox', async () => {
    const post = await bag();
    const touched = post.messages.map((message) => {
      const middle = message.length >> 1;
      return `${message.slice(0, middle)}${message[middle] === 'A' ? 'B' : 'A'}${message.slice(middle + 1)}`;
    });
    const answer = await dublin.post<CourierReceipts>('/api/post', { ...post, messages: touched });
    expect([answer.receipts.length, answer.refused.length]).toEqual([0, 1]);
    expect((await lisbon.post<CourierTaken>('/api/post/receipts', answer)).noted).toBe(0);
    expect((await bag()).messages).toHaveLength(1);
  });

  it('is taken once however often it comes, and its receipt counts once however often it comes back', async () => {
    const post = await bag();
    const first = await dublin.post<CourierReceipts>('/api/post', post);
    const again = await dublin.post<CourierReceipts>('/api/post', post);
    expect(again.receipts).toEqual(first.receipts);
    expect((await dublin.read(id)).acts.filter((act) => act.type === 'send')).toHaveLength(1);
    expect((await lisbon.post<CourierTaken>('/api/post/receipts', first)).noted).toBe(1);
    expect((await lisbon.post<CourierTaken>('/api/post/receipts', first)).noted).toBe(0);
    expect((await lisbon.get<PostBag>('/api/post/ie-authority')).messages).toEqual([]);
  });

  it('brings no receipt to somebody else, and a forged one counts for nothing', async () => {
    const forged = { v: 1, kind: 'receipts', from: 'ie-authority', to: 'pt-central', receipts: ['e30.e30.AAAA'], refused: [] };
    expect((await lisbon.post<CourierTaken>('/api/post/receipts', forged)).noted).toBe(0);
    await expect(lisbon.post('/api/post/receipts', { ...forged, to: 'pt-court' })).rejects.toThrow('message-not-for-us');
    await expect(lisbon.get('/api/post/nobody')).rejects.toThrow('recipient-unknown');
  });
});

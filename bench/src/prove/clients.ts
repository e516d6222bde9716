import { Agent, request } from 'node:http';
import { quantile } from '../measure.ts';

// A process of its own, as `compareActs.ts` starts it: clients that are signed in and make acts one after the other, for so many seconds. Each
// opens a case with its first act, then closes it, and so on. Writes how many acts were accepted, and their times, as JSON.
//
//	node clients.ts URL PERSON CLIENTS SECONDS
const [url = '', person = '', clients = '1', seconds = '1'] = process.argv.slice(2);
const WARM_UP = 500;
/** Addresses of each client: a node lets one address ask so often a minute and no more, and a client here stands for many. */
const ADDRESSES = 40;

/** Two acts of one person that concern nobody else yet, so that nothing is sent: what is measured is the making of acts. */
const ASK = {
  procedure: 'outsourcing.engagement',
  type: 'ask',
  data: {
    seats: { client: 'us-hospital' },
    items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
    purpose: 'cost-analysis',
    retentionUntil: '2027-03-31T00:00:00.000Z',
  },
  sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'Measured, not meant.' } },
};
const CLOSE = { type: 'close', data: {}, sections: {} };

interface Answer {
  readonly status: number;
  readonly cookie: string;
  readonly body: string;
}

class Client {
  readonly #agents: readonly Agent[];
  #cookie = '';
  #turn = 0;

  constructor(number: number) {
    this.#agents = Array.from(
      { length: ADDRESSES },
      (_, i) => new Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.0.${number + 1}.${i + 1}` }),
    );
  }

  async signIn(): Promise<void> {
    this.#cookie = (await this.#ask('/api/session', { person })).cookie.split(';')[0] ?? '';
  }

  /** Makes an act; gives the case. Throws when it is refused. */
  async post(path: string, body: object): Promise<string> {
    const answer = await this.#ask(path, body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 200)}`);
    return String(JSON.parse(answer.body).case);
  }

  end(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  #ask(path: string, body: object): Promise<Answer> {
    this.#turn = (this.#turn + 1) % ADDRESSES;
    const agent = this.#agents[this.#turn];
    const headers = { 'content-type': 'application/json', cookie: this.#cookie };
    return new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { method: 'POST', agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, cookie: answer.headers['set-cookie']?.[0] ?? '', body: text }),
        );
      });
      asked.on('error', reject);
      asked.end(JSON.stringify(body));
    });
  }
}

const all = Array.from({ length: Number(clients) }, (_, i) => new Client(i));
for (const client of all) await client.signIn();
const from = performance.now() + WARM_UP;
const until = from + Number(seconds) * 1000;
const times: number[] = [];

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const done = await work();
  const end = performance.now();
  if (end > from && end < until) times.push(end - start);
  return done;
}

async function work(client: Client): Promise<void> {
  while (performance.now() < until) {
    const id = await timed(() => client.post('/api/cases', ASK));
    await timed(() => client.post(`/api/cases/${id}/acts`, CLOSE));
  }
  client.end();
}

await Promise.all(all.map(work));
process.stdout.write(
  JSON.stringify({ perSecond: times.length / Number(seconds), p50: quantile(times, 0.5), p99: quantile(times, 0.99) }),
);

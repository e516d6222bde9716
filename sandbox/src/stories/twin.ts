import { addDays, type Facts } from '@comity/core';
import type { DatasetsView, DatasetWork, PreviewView, SynthesisReport } from '@comity/node/api';
import { DIAGNOSES, PLACES } from '../datasets/names.ts';
import type { Sandbox } from '../sandbox.ts';
import { Actor } from './actor.ts';
import { endOf, scanned } from './preparing.ts';
import type { Teller } from './teller.ts';
import { openDelivery } from './unseal.ts';

const HOSPITAL = 'us-hospital';
const NAME = 'claims-synthetic';
const DELTA = 1e-9;

/** What columns of the claims may hold: lists that are public, and edges that somebody chose. Whatever is not named here does not leave. */
const DOMAIN = {
  sex: ['F', 'M'],
  state: [...new Set(PLACES.map(([, state]) => state))],
  diagnosis: { values: DIAGNOSES, other: true },
  service_date: { edges: ['2024-01-01', '2024-07-01', '2025-01-01', '2025-07-01', '2026-01-01', '2026-07-01', '2027-01-01'] },
  amount_usd: { edges: [0, 100, 200, 400, 800, 1600, 3200, 6400, 100_000], digits: 2 },
};

/** People of the hospital who make the twin. */
export interface Makers {
  readonly engineer: Actor;
  readonly counsel: Actor;
}

/** Makes a synthetic twin of the claims and offers it to cases; gives its report. */
export async function makeTwin({ engineer, counsel }: Makers, tell: Teller): Promise<SynthesisReport> {
  const before = await twinOf(engineer);
  if (before !== undefined) {
    // What was released already costs nothing more.
    tell.act('person.engineer', 'twin.again', { rows: before.rows });
    return before;
  }
  const { dataset } = await engineer.post<{ dataset: string }>('/api/datasets/catalogued', { dataset: 'claims' });
  await counsel.post('/api/budgets', { population: 'claims', epsilon: 3, delta: DELTA });
  tell.act('person.counsel', 'twin.budget', { epsilon: 3 });
  const plan = { method: 'mst', epsilon: 1, delta: DELTA, subject: 'mrn', rowsPerSubject: 4, domain: DOMAIN };
  const asked = { kind: 'synthesise', plan };
  const { preparation } = await engineer.post<{ preparation: string }>(`/api/datasets/${dataset}/preparations`, asked);
  const made = await endOf(engineer, dataset, preparation);
  if (made.state !== 'done') throw new Error(`the twin was not made: ${made.refusal?.code ?? made.state}`);
  // Parser: a synthesis that is done has this report.
  const report = made.report as SynthesisReport;
  tell.act('person.engineer', 'twin.made', {
    rows: report.rows,
    epsilon: report.epsilon,
    // Hits less false alarms; half of it are right guesses beyond those of a coin.
    advantage: (Math.ceil(report.advantage * 500) / 10).toFixed(1),
    apart: (report.judgement.fidelity.two.mean * 100).toFixed(1),
    membership: (report.judgement.attacks?.membership.value ?? 0.5).toFixed(2),
  });
  const { expires } = await scanned(engineer, dataset);
  await engineer.post(`/api/preparations/${preparation}/offer`, { name: NAME, until: addDays(expires.slice(0, 10), -1) });
  return report;
}

/** The twin that an earlier telling has left. */
async function twinOf(engineer: Actor): Promise<SynthesisReport | undefined> {
  const { datasets } = await engineer.get<DatasetsView>('/api/datasets');
  for (const { id } of datasets) {
    const { preparations } = await engineer.get<DatasetWork>(`/api/datasets/${id}`);
    const twin = preparations.find(({ offered, state }) => offered?.name === NAME && state === 'done');
    // Parser: a synthesis that is done has this report.
    if (twin !== undefined) return twin.report as SynthesisReport;
  }
  return undefined;
}

/** The twin goes to a partner for whom the claims themselves would need an agreement: by the same road as everything else. */
export async function sendTwin(sandbox: Pick<Sandbox, 'orgs'>, { engineer, counsel }: Makers, tell: Teller): Promise<string> {
  tell.say('twin.ask');
  const owner = await Actor.signIn(sandbox, HOSPITAL, 'owner-1');
  const vendor = await Actor.signIn(sandbox, 'in-vendor', 'manager-1');
  const report = await makeTwin({ engineer, counsel }, tell);
  const id = await engage({ owner, vendor }, tell);
  await approveTwin({ engineer, counsel }, id);
  await engineer.act(id, { type: 'deliver', data: { decisions: [{ item: 'd1', choice: 'deliver' }] } });
  await vendor.until(id, 'open');
  const opened = await openDelivery(vendor, { case: id, item: 'd1' });
  if (opened.rows !== report.rows) throw new Error(`${opened.rows} rows were opened, ${report.rows} were made`);
  tell.act('person.vendor-in', 'twin.opened', { rows: opened.rows });
  return id;
}

/** Previews the twin for a case and decides on it; it may be delivered then. */
export async function approveTwin({ engineer, counsel }: Makers, id: string): Promise<void> {
  await engineer.read(id);
  const preview = await engineer.post<PreviewView>(`/api/cases/${id}/items/d1/preview`);
  await engineer.act(id, {
    type: 'minimise',
    data: { decisions: [{ item: 'd1', choice: 'minimise', preview: preview.previewDigest }] },
  });
  await counsel.until(id, 'approve');
  await counsel.act(id, {
    type: 'approve',
    data: { decisions: [{ item: 'd1', choice: 'approve' }], dutiesMet: true },
    sections: {
      reasons: { text: 'Synthetic, ε 1 at four claims a patient; the report of 26 November shows no attack beyond its control.' },
    },
  });
  await engineer.until(id, 'deliver');
}

/** Asks, assesses in the form that the data have now, chooses and agrees. */
export async function engage(
  { owner, vendor }: { readonly owner: Actor; readonly vendor: Actor },
  tell: Teller,
): Promise<string> {
  const id = await owner.open({
    procedure: 'outsourcing.engagement',
    type: 'ask',
    data: {
      seats: { client: HOSPITAL },
      items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
      purpose: 'software-testing',
      retentionUntil: '2027-03-31T00:00:00.000Z',
    },
    sections: {
      datasets: { d1: { type: 'dataset', value: NAME } },
      need: { text: 'Write and test the queries before they run on claims.' },
    },
  });
  const cards = await owner.get<{
    parties: { id: string; facts: Facts | null }[];
    datasets: { dataset: string; facts: Facts }[];
  }>('/api/parties');
  const facts = {
    ...cards.datasets.find(({ dataset }) => dataset === NAME)?.facts,
    ...cards.parties.find((party) => party.id === 'in-vendor')?.facts,
  };
  await owner.act(id, { type: 'assess', sections: { assessment: { facts, party: 'in-vendor', country: 'IN' } } });
  await owner.act(id, {
    type: 'choose',
    data: { party: 'in-vendor', seats: { vendor: 'in-vendor' } },
    sections: { duties: { list: [] } },
  });
  tell.act('person.owner', 'twin.choose');
  await vendor.until(id, 'agree');
  await vendor.act(id, {
    type: 'agree',
    data: { storedIn: 'IN', destructionMethod: 'ciphertext-deleted' },
    sections: {
      answers: {
        stored: 'A test machine in Pune.',
        managed: 'Two named developers.',
        destroyed: 'Deleted within thirty days of the end.',
        agreement: 'Not to try to find out who is behind a row.',
      },
    },
  });
  return id;
}

import type { TriedAttack, TwinReportDocument } from '../twin-report/document.ts';

const around = (value: number, reach: number) => ({ value, low: value - reach, high: value + reach });
const tried = (attack: number, control: number): TriedAttack => ({
  tries: 1_000,
  attack: around(attack, 0.02),
  control: around(control, 0.02),
  beyond: around((attack - control) / (1 - control), 0.03),
});
const distance = (mean: number) => ({ tables: 6, mean, p95: mean * 2, greatest: mean * 2.5 });
const distances = (mean: number) => ({ one: distance(mean), two: distance(mean * 3), three: distance(mean * 6) });
const score = (accuracy: number, area: number) => ({ accuracy, area: around(area, 0.01) });
const COLUMNS = ['sex', 'age', 'diagnosis', 'city', 'paid'];

/** A report with every part. */
export const TWIN: TwinReportDocument = {
  env: 'sandbox',
  language: 'en',
  issuer: 'St. Brigid’s Hospital',
  reference: '6f1d7f0a',
  issued: '2026-11-26T10:00:00.000Z',
  zone: 'Europe/Dublin',
  name: 'claims-2025',
  rows: 48_842,
  columns: COLUMNS,
  guarantee: {
    epsilon: 1,
    delta: 1e-9,
    rho: 0.01504,
    advantage: 0.0865,
    unit: { column: 'mrn', rows: 4 },
    domain: 'declared',
    dropped: ['mrn', 'note'],
    wide: false,
    plan: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
  },
  label: 'paid',
  judgement: {
    fidelity: distances(0.012),
    floor: distances(0.006),
    association: { mean: 0.021, greatest: 0.094, worst: [1, 2] },
    associationFloor: { mean: 0.008, greatest: 0.03, worst: [0, 3] },
    propensity: { ratio: 1.37, rows: 4_000 },
    crowds: { real: { k: 1, unique: 0.183, l: 1, t: 0.761 }, synthetic: { k: 1, unique: 0.211, l: 1, t: 0.744 } },
    usefulness: [
      {
        learner: 'logistic',
        real: score(0.862, 0.917),
        synthetic: score(0.841, 0.89),
        importance: {
          correlation: 0.9,
          columns: [
            { column: 1, real: 0.212, synthetic: 0.201 },
            { column: 2, real: 0.144, synthetic: 0.098 },
            { column: 0, real: 0.031, synthetic: 0.044 },
            { column: 3, real: 0.004, synthetic: 0.009 },
          ],
        },
      },
      {
        learner: 'boosted',
        real: score(0.871, 0.925),
        synthetic: score(0.846, 0.902),
        importance: { correlation: null, columns: [{ column: 1, real: 0.2, synthetic: 0.18 }] },
      },
    ],
    attacks: {
      membership: around(0.507, 0.021),
      caught: tried(0.012, 0.01),
      nearest: { inside: 2.41, outside: 2.43, contrast: around(0.02, 0.05) },
      exact: tried(0.011, 0.012),
      singlingOut: tried(0.043, 0.041),
      linkability: tried(0.13, 0.12),
      inference: [
        { ...tried(0.61, 0.6), column: 0 },
        { ...tried(0.34, 0.31), column: 2 },
      ],
    },
  },
  groups: [
    { column: 'city', value: { value: 'Corvo' }, rows: 140, real: 0.84, synthetic: 0.71 },
    { column: 'age', value: { from: '65', until: '90' }, rows: 3_210, real: 0.79, synthetic: 0.75 },
    { column: 'sex', value: { only: 'missing' }, rows: 212, real: 0.81, synthetic: 0.83 },
  ],
  charts: [
    {
      column: 'sex',
      distance: 0.01,
      bars: [
        { value: 'F', real: 0.52, synthetic: 0.53 },
        { value: 'M', real: 0.47, synthetic: 0.46 },
        { only: 'missing', real: 0.01, synthetic: 0.01 },
      ],
    },
    {
      column: 'age',
      distance: 0.04,
      bars: [
        { from: '0', until: '18', real: 0.18, synthetic: 0.17 },
        { from: '18', until: '40', real: 0.3, synthetic: 0.33 },
        { from: '40', until: '65', real: 0.32, synthetic: 0.31 },
        { from: '65', until: '90', real: 0.2, synthetic: 0.19 },
      ],
    },
    {
      column: 'diagnosis',
      distance: 0.07,
      bars: [
        {
          value: 'Essential (primary) hypertension, and whatever else a long name of a value may say',
          real: 0.4,
          synthetic: 0.37,
        },
        { value: 'الربو', real: 0.25, synthetic: 0.29 },
        { value: 'मधुमेह', real: 0.2, synthetic: 0.21 },
        { only: 'rare', real: 0.15, synthetic: 0.13 },
      ],
    },
  ],
  cost: { rows: 39_073, made: 21.4, judged: 9.8, memory: 412_000_000 },
  digest: 'a3f5c8d2e1b49f7065d4c3b2a19807f6e5d4c3b2a1908f7e6d5c4b3a29180f7e',
};

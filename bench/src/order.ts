const PERIOD = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

/** A request for three items, as an investigator of the sandbox drafts it. */
export const ORDER = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
    items: [
      { id: 'i1', identifierType: 'email', category: 'subscriber' },
      { id: 'i2', identifierType: 'email', category: 'traffic', period: PERIOD, zone: 'Europe/Lisbon' },
      { id: 'i3', identifierType: 'email', category: 'identification', period: PERIOD, zone: 'Europe/Lisbon' },
    ],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2027-06-30T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
  },
  sections: {
    identifiers: Object.fromEntries(['i1', 'i2', 'i3'].map((id) => [id, { type: 'email', value: 'm.duarte@skymail.example' }])),
    offence: { statute: 'art. 221', description: 'computer fraud' },
    necessity: { text: 'Measured, not meant.' },
  },
};

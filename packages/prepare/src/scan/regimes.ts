/** Where each group of rules stands. What was read for this project says when; the rest is from memory and not confirmed. */
export interface RegimeCite {
  readonly ref: string;
  readonly how: 'official' | 'secondary' | 'memory';
  /** Day on which the text was read; absent for what is from memory. */
  readonly read?: string;
}

const HIPAA_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R'] as const;
type HipaaLetter = (typeof HIPAA_LETTERS)[number];

const OTHERS = {
  'gdpr:personal': { ref: 'Regulation (EU) 2016/679 art. 4(1)', how: 'memory' },
  'gdpr:art9': { ref: 'Regulation (EU) 2016/679 art. 9(1)', how: 'memory' },
  'gdpr:art10': { ref: 'Regulation (EU) 2016/679 art. 10', how: 'memory' },
  'gdpr:art87': { ref: 'Regulation (EU) 2016/679 art. 87', how: 'memory' },
  'glba:npi': { ref: '16 CFR 314.2 (customer information); 15 USC 6809(4)', how: 'memory' },
  pci: { ref: 'PCI DSS v4.0.1, account data', how: 'memory' },
  'us-dsp:genomic': { ref: '28 CFR 202.224', how: 'secondary', read: '2026-11-22' },
  'us-dsp:omic': { ref: '28 CFR 202.224', how: 'secondary', read: '2026-11-22' },
  'us-dsp:biometric': { ref: '28 CFR 202.204', how: 'memory' },
  'us-dsp:geolocation': { ref: '28 CFR 202.242', how: 'memory' },
  'us-dsp:health': { ref: '28 CFR 202.241', how: 'memory' },
  'us-dsp:financial': { ref: '28 CFR 202.240', how: 'memory' },
  'us-dsp:identifiers': { ref: '28 CFR 202.212 and 202.234', how: 'secondary', read: '2026-11-22' },
  export: { ref: '15 CFR part 774; 22 CFR part 121; 32 CFR part 2002; DoD Instruction 5230.24', how: 'memory' },
  criminal: { ref: 'Directive (EU) 2016/680 art. 10; Regulation (EU) 2016/679 art. 10; 28 CFR part 20', how: 'memory' },
  'national-id': { ref: 'Regulation (EU) 2016/679 art. 87, and the law of the country that gives the number', how: 'memory' },
} as const satisfies Readonly<Record<string, RegimeCite>>;

export type ScanRegime = `hipaa:${HipaaLetter}` | keyof typeof OTHERS;

/** Every group of rules that a class may belong to, with its citation. */
export const SCAN_REGIMES: Readonly<Record<ScanRegime, RegimeCite>> = { ...hipaa(), ...OTHERS };

/** The eighteen identifiers of the safe harbour, (A) to (R). */
function hipaa(): Record<`hipaa:${HipaaLetter}`, RegimeCite> {
  const cites = HIPAA_LETTERS.map((letter): [string, RegimeCite] => [
    `hipaa:${letter}`,
    { ref: `45 CFR 164.514(b)(2)(i)(${letter})`, how: 'official', read: '2026-11-26' },
  ]);
  // The letters are the keys of the type; fromEntries forgets that.
  return Object.fromEntries(cites) as Record<`hipaa:${HipaaLetter}`, RegimeCite>;
}

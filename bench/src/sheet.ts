/** One figure beside its peer's. `ratio` is ours divided by the peer's, whatever the unit: for a rate more is better, for a time or CPU less. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** null: not here. */
  readonly peer: number | null;
  readonly peerName: string;
  readonly ratio: number | null;
}

/** What a bench found: on which input, by which versions, and why a peer is not here. */
export interface Sheet {
  readonly input: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly figures: readonly Figure[];
  /** One sentence for each thing a reader must know: a peer that is missing and how to get it, or work that only one side does. */
  readonly notes: readonly string[];
}

/** A measurement that can be run by name. */
export interface Bench {
  readonly about: string;
  /** `part`: of a bench of several, the one that is to run alone. */
  readonly run: (part?: string) => Promise<Sheet>;
}

/** A peer's figure; `value` null when it is not on this machine. */
export interface Peer {
  readonly name: string;
  readonly value: number | null;
}

/** Puts our figure beside the peer's; beside nothing at all there is no ratio. */
export function comparison(name: string, unit: string, figures: { readonly ours: number; readonly peer: Peer }): Figure {
  const { ours, peer } = figures;
  return {
    name,
    unit,
    ours,
    peer: peer.value,
    peerName: peer.name,
    ratio: peer.value === null || peer.value === 0 ? null : ours / peer.value,
  };
}

/** One class: the places of its sensitive values among all of them, in their order, and how many rows have each. */
export interface ClassValues {
  readonly places: readonly number[];
  readonly counts: readonly number[];
}

/** What an attacker learns of a sensitive column from knowing somebody's class: the worst class of each kind. */
export interface Diversity {
  /** Fewest different values (distinct l-diversity). */
  readonly distinct: number;
  /** Smallest exponential of the entropy (entropy l-diversity): l where it is at least l. */
  readonly entropy: number;
  /**
   * Least c for which the data are recursive (c, l)-diverse: the commonest value of each class is less than c times as frequent as all
   * but the l - 1 commonest together, so any c above this will do. Null where some class has fewer than l values, and none does.
   */
  readonly recursive: number | null;
  /** Greatest distance of a class from the whole: earth mover's, over equal or ordered ground distances. */
  readonly t: number;
  readonly ordered: boolean;
}

interface Options {
  /** Rows that hold each value, in all. */
  readonly whole: readonly number[];
  /** Whether the distance between two values is how many lie between them, or the same for all pairs. */
  readonly ordered: boolean;
  /** The l of recursive (c, l)-diversity. */
  readonly l: number;
}

/**
 * l-diversity in its three kinds (Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam 2007) and t-closeness (Li, Li, Venkatasubramanian 2007) over all
 * classes. Undefined where there are none.
 */
export function diversityOf(classes: Iterable<ClassValues>, { whole, ordered, l }: Options): Diversity | undefined {
  const total = whole.reduce((sum, count) => sum + count, 0);
  const shares = whole.map((count) => count / total);
  let worst: Diversity | undefined;
  for (const one of classes) {
    const found = ofClass(one, { shares, ordered, l });
    worst = worst === undefined ? found : worseOf(worst, found);
  }
  return worst;
}

interface Measuring {
  readonly shares: readonly number[];
  readonly ordered: boolean;
  readonly l: number;
}

function ofClass({ places, counts }: ClassValues, { shares, ordered, l }: Measuring): Diversity {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const entropy = counts.reduce((sum, count) => sum - (count / rows) * Math.log(count / rows), 0);
  const falling = [...counts].sort((a, b) => b - a);
  const rest = falling.slice(l - 1).reduce((sum, count) => sum + count, 0);
  const own = places.map((place, i) => ({ place, share: (counts[i] ?? 0) / rows }));
  return {
    distinct: counts.length,
    entropy: Math.exp(entropy),
    recursive: rest === 0 ? null : (falling[0] ?? 0) / rest,
    t: ordered ? orderedDistance(own, shares) : equalDistance(own, shares),
    ordered,
  };
}

function worseOf(a: Diversity, b: Diversity): Diversity {
  return {
    distinct: Math.min(a.distinct, b.distinct),
    entropy: Math.min(a.entropy, b.entropy),
    recursive: a.recursive === null || b.recursive === null ? null : Math.max(a.recursive, b.recursive),
    t: Math.max(a.t, b.t),
    ordered: a.ordered,
  };
}

type Own = readonly { readonly place: number; readonly share: number }[];

/** Half the sum of the differences. Values that the class has not add their whole share. */
function equalDistance(own: Own, shares: readonly number[]): number {
  const present = own.reduce((sum, { place, share }) => sum + Math.abs(share - (shares[place] ?? 0)), 0);
  const covered = own.reduce((sum, { place }) => sum + (shares[place] ?? 0), 0);
  return (present + Math.max(0, 1 - covered)) / 2;
}

/** Sum of the differences of what has been counted up to each value, over how many steps there are. */
function orderedDistance(own: Own, shares: readonly number[]): number {
  const mine = new Map(own.map(({ place, share }) => [place, share]));
  let carried = 0;
  let moved = 0;
  for (let place = 0; place < shares.length; place++) {
    carried += (mine.get(place) ?? 0) - (shares[place] ?? 0);
    moved += Math.abs(carried);
  }
  return shares.length < 2 ? 0 : moved / (shares.length - 1);
}

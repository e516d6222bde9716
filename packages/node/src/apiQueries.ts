/** A look into opened deliveries, as a case lists it. */
export interface QueryView {
  readonly person: string;
  readonly purpose: string;
  readonly kind: string;
  readonly items: readonly string[];
  readonly at: string;
  /** Why, in words; null where it was erased. */
  readonly reason: string | null;
  readonly index: string | null;
}

/** That a look stands in the log, and where. */
export interface NotedQueryView {
  readonly index: string;
}

/** A complaint, as a case lists it; what was written is null where it was erased. */
export interface ComplaintView {
  readonly number: string;
  readonly about: string;
  readonly want: string;
  readonly at: string;
  readonly said: { readonly text: string; readonly name: string; readonly reach: string } | null;
  readonly index: string | null;
}

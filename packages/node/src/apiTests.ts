import type { Reason, Verdict } from '@comity/assess';
import type { Facts } from '@comity/core';

/** A rule that an order meets, or an exception that holds for it, with where it stands. */
export interface MetRule {
  readonly rule: string;
  readonly says: string;
  readonly cite: string;
}

/** What the law of requests says of an order, for one category of the data that it asks for. */
export interface LegalTest {
  readonly category: string;
  readonly verdict: Verdict;
  /** What stands against it or is open, the rules that say so. */
  readonly because: readonly Reason[];
  /** What is owed, and when. */
  readonly duties: readonly { readonly duty: string; readonly phase: string; readonly cite: string; readonly met?: boolean }[];
  /** Ways in which a rule is satisfied here. */
  readonly met: readonly MetRule[];
  /** Facts that would matter and that the case does not say, each with what it is in the vocabulary's words. */
  readonly missing: readonly { readonly fact: string; readonly is: string }[];
  /** What was taken from the case. */
  readonly facts: Facts;
}

/** The legal tests of a case, from what it says itself. Empty where no law of requests is loaded for its route. */
export interface LegalTestsView {
  readonly on: string;
  readonly tests: readonly LegalTest[];
}

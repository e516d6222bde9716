/** One log as an overseer's node sees it. */
export interface WatchedLog {
  readonly party: string;
  readonly name: string;
  readonly origin: string;
  /** The head that we last cosigned, and when. */
  readonly size: string;
  readonly cosigned: string;
  /** How far our copy goes. */
  readonly copied: string;
  /** Kinds of evidence that we hold against it. */
  readonly evidence: readonly ('split-view' | 'inconsistent' | 'rollback')[];
}

/** Somebody somewhere looked into a case or opened a payload; who it was is only committed to. */
export interface WatchedReading {
  readonly party: string;
  readonly origin: string;
  readonly index: string;
  readonly at: string;
  readonly opened: 'case' | 'payload' | 'query';
  readonly case: string;
  readonly role: string;
  readonly purpose: string;
}

/** One log says that another holds an entry, and it does not: dropped, or exchanged. */
export interface WatchedContradiction {
  readonly toldBy: string;
  readonly toldAt: string;
  readonly type: string;
  readonly about: string;
  readonly index: string;
  readonly missing: boolean;
}

/** A copy that should have been destroyed by now, as its holder's own log says. */
export interface WatchedOverdue {
  readonly party: string;
  readonly origin: string;
  readonly index: string;
  /** When the log said so. */
  readonly at: string;
  readonly case: string;
  /** Which copy: the receiver's or the source's. */
  readonly kind: string;
  readonly ciphertext: string;
}

/** What an overseer sees of the logs that it witnesses. */
export interface OversightView {
  readonly logs: readonly WatchedLog[];
  readonly readings: readonly WatchedReading[];
  readonly contradictions: readonly WatchedContradiction[];
  readonly overdue: readonly WatchedOverdue[];
}

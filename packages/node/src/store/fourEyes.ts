import type { Tx } from './database.ts';

/** Somebody who makes an act, and the pairs of acts in which it is one side. */
export interface Hand {
  readonly case: string;
  readonly pairs: readonly string[];
  readonly party: string;
  readonly person: string;
  readonly act: string;
}

/**
 * Notes on which side of each pair a person stands. Throws when the same person already stands on the other side: the procedure refuses that
 * before, so whoever gets here has found a bug, and the transaction ends.
 */
export async function takeSides(tx: Tx, hand: Hand): Promise<void> {
  if (hand.pairs.length === 0) return;
  const rows = hand.pairs.map((pair) => ({
    case_id: hand.case,
    pair,
    party: hand.party,
    person: hand.person,
    act_type: hand.act,
  }));
  const taken = await tx
    .insertInto('four_eyes')
    .values(rows)
    .onConflict((c) =>
      c
        .columns(['case_id', 'pair', 'party', 'person'])
        .doUpdateSet({ act_type: hand.act })
        .where('four_eyes.act_type', '=', hand.act),
    )
    .returning('pair')
    .execute();
  if (taken.length !== rows.length) throw new Error(`four eyes: one person stands on both sides of ${hand.pairs.join(', ')}`);
}

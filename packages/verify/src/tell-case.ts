import { decisionsOf } from '@comity/procedure';
import type { OpenCase } from './open-case.ts';

/** A case as its acts tell it, without a name of a person, an identifier or content: for graphs of custody and lists. */
export interface CaseTold {
  readonly case: string;
  readonly procedure: string;
  readonly opened: string;
  readonly closed: boolean;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly items: readonly string[];
  readonly acts: readonly {
    readonly digest: string;
    readonly type: string;
    readonly at: string;
    readonly party: string;
    readonly role: string;
    readonly prev: readonly string[];
    readonly items: readonly string[];
    readonly cite?: string;
  }[];
  readonly objects: readonly { readonly item: string; readonly sha256: string; readonly size: number; readonly by: string }[];
}

/** What the counted acts of a case tell. Acts that the procedure did not allow changed nothing, and are not told. */
export function tellCase({ file, procedure, folded, acts }: OpenCase): CaseTold {
  const { state } = folded;
  const known = new Map(acts.map(({ digest, act }) => [digest, act]));
  const parties = [...new Set([...Object.values(state.seats), ...state.done.map(({ party }) => party)])];
  const told = state.done.map(({ digest, type, at, party, role, data }) => {
    const cite = procedure.acts[type]?.cite?.ref;
    const items = decisionsOf(data).map(({ item }) => item);
    const prev = known.get(digest)?.body.prev ?? [];
    return { digest, type, at, party, role, prev, items, ...(cite === undefined ? {} : { cite }) };
  });
  const objects = state.done.flatMap(({ digest, data }) =>
    decisionsOf(data).flatMap((decision) => {
      const { item } = decision;
      const [sha256, size, delivery] = [decision['ciphertext'], decision['size'], decision['delivery']];
      return typeof sha256 === 'string' && typeof size === 'number' && delivery !== undefined
        ? [{ item, sha256, size, by: digest }]
        : [];
    }),
  );
  return {
    case: state.case,
    procedure: `${procedure.id} ${procedure.version}`,
    opened: state.done[0]?.at ?? file.madeAt,
    closed: Object.values(state.tracks).some((track) => track === 'closed' || track === 'withdrawn'),
    parties: parties.map((id) => ({ id, name: file.directory.directory.parties.find((party) => party.id === id)?.name ?? id })),
    items: state.items.map(({ item }) => item.id),
    acts: told,
    objects: objects.filter((object, index) => objects.findIndex(({ sha256 }) => sha256 === object.sha256) === index),
  };
}

import type { PartyView, PersonView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { session } from '../api/queries.ts';

/** This organisation and whoever is signed in. */
export function useOwn(): {
  readonly party?: PartyView;
  readonly person?: PersonView;
  readonly zone: string;
  readonly sandbox: boolean;
  readonly lobby?: string;
} {
  const { data } = useQuery(session);
  return {
    zone: data?.party.zone ?? 'UTC',
    sandbox: data?.env === 'sandbox',
    ...(data === undefined ? {} : { party: data.party }),
    ...(data?.person === undefined ? {} : { person: data.person }),
    ...(data?.lobby === undefined ? {} : { lobby: data.lobby }),
  };
}

import type { SessionView } from '@comity/node/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import { session } from '../../api/queries.ts';

/** Signs in, then goes where the person was going. What the page knew of another person is forgotten first. */
export function useEnter() {
  const cache = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const next = useSearch({ strict: false, select: (search) => search.next });
  return useMutation({
    mutationFn: (body: { readonly person: string } | { readonly code: string }) => ask<SessionView>('POST', '/api/session', body),
    onSuccess: async (now) => {
      cache.clear();
      cache.setQueryData(session.queryKey, now);
      if (next === undefined) await navigate({ to: '/', replace: true });
      else router.history.replace(next);
    },
  });
}

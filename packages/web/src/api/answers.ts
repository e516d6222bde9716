import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, sendFile } from './client.ts';

const pathOf = (id: string): string => `/api/imports/${encodeURIComponent(id)}`;

/** Where the sealed file of a delivery is. */
export const deliveryPath = (id: string, delivery: string): string =>
  `${pathOf(id)}/deliveries/${encodeURIComponent(delivery)}/file`;

/** Hands in the sealed file that answers an item of a foreign order. */
export function useAnswerFile(id: string) {
  return useAnswer(id, ({ item, file }: { readonly item: string; readonly file: Blob }) =>
    sendFile<{ readonly delivery: string }>(`${pathOf(id)}/deliveries?item=${encodeURIComponent(item)}`, file),
  );
}

/** Answers whether there are data. */
export function useExistence(id: string) {
  return useAnswer(id, (body: { readonly item: string; readonly exists: boolean }) =>
    ask('POST', `${pathOf(id)}/existence`, body),
  );
}

/** Releases or discards an answer. */
export function useAnswerStep(id: string) {
  return useAnswer(id, ({ delivery, decision }: { readonly delivery: string; readonly decision: 'release' | 'discard' }) =>
    ask('POST', `${pathOf(id)}/deliveries/${encodeURIComponent(delivery)}/decide`, { decision }),
  );
}

function useAnswer<Given, Told>(id: string, work: (given: Given) => Promise<Told>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: work,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['import', id] }),
  });
}

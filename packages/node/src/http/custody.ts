import type { CustodyView } from '../api.ts';
import { custodyView } from '../app/custody.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

/** Copies: what this party holds and what it waits to see destroyed. It holds no identifier and no content. */
export function custodyRoutes(api: Api, serving: Serving): void {
  api.get('/api/custody', { schema: { tags: ['custody'] } }, async (request): Promise<CustodyView> => {
    await signedIn(serving, request);
    return custodyView(serving.house);
  });
}

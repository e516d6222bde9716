import { toBase64 } from '@comity/core';
import { z } from 'zod';
import type { ShareView } from '../apiJoint.ts';
import { shareMeans } from '../app/jointShare.ts';
import { needReason, PURPOSES } from '../app/read.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const itemId = z.strictObject({ id: z.uuid(), item: z.string().max(40) });

/** What a holder needs to take this office's share out of a delivery that nobody opens alone. */
export function shareRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post(
    '/api/cases/:id/items/:item/share',
    { schema: { tags: ['data'], params: itemId, body: z.strictObject({ purpose: z.enum(PURPOSES) }) } },
    async (request): Promise<ShareView> => {
      const person = await signedIn(serving, request);
      const { id, item } = request.params;
      orRefuse(await needReason(house, person, id));
      const means = orRefuse(await shareMeans(house, { person, case: id, item, purpose: request.body.purpose }));
      return {
        ciphertext: means.manifest.ciphertext.sha256,
        // A manifest is made of JSON values alone.
        manifest: means.manifest as unknown as ShareView['manifest'],
        header: toBase64(means.header),
        identity: means.identity,
      };
    },
  );
}

import { Readable } from 'node:stream';
import { z } from 'zod';
import type { UploadView } from '../api.ts';
import { needReason } from '../app/read.ts';
import { selectByHand } from '../app/selection.ts';
import { beginUpload, growUpload, readUpload, type Uploaded } from '../app/upload.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

/** Bytes of an upload, from its offset on. */
const BYTES = 'application/offset+octet-stream';

const announced = z.strictObject({
  item: z.string().min(1).max(40),
  size: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const count = z.int().min(0).max(1_000_000_000);
const selected = z.strictObject({ says: z.string().min(1).max(4000), total: count, kept: count });
const uploadId = z.strictObject({ id: z.uuid() });
const offset = z.object({ 'upload-offset': z.string().regex(/^(0|[1-9][0-9]{0,14})$/) });

/** Handing in a file that was sealed elsewhere, in parts: announced, sent on from where it stands as often as the line breaks, and kept only when the whole is what was announced. */
export function uploadRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  // The bytes go through as they come: a file may be larger than any memory.
  api.addContentTypeParser(BYTES, (_request, payload, done) => done(null, payload));

  api.post(
    '/api/cases/:id/uploads',
    { schema: { tags: ['data'], params: z.strictObject({ id: z.uuid() }), body: announced } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const begun = orRefuse(await beginUpload(house, person, { case: request.params.id, ...request.body }));
      return reply.code(201).send(viewOf(begun));
    },
  );

  api.post(
    '/api/cases/:id/items/:item/selection',
    { schema: { tags: ['data'], params: z.strictObject({ id: z.uuid(), item: z.string().max(40) }), body: selected } },
    async (request) => {
      const person = await signedIn(serving, request);
      const { id, item } = request.params;
      orRefuse(await needReason(house, person, id));
      return orRefuse(await selectByHand(house, { case: id, item, ...request.body }));
    },
  );

  api.get('/api/uploads/:id', { schema: { tags: ['data'], params: uploadId } }, async (request): Promise<UploadView> => {
    const person = await signedIn(serving, request);
    const found = orRefuse(await readUpload(house, request.params.id));
    orRefuse(await needReason(house, person, found.upload.case));
    return viewOf(found);
  });

  api.patch(
    '/api/uploads/:id',
    { schema: { tags: ['data'], consumes: [BYTES], params: uploadId, headers: offset } },
    async (request): Promise<UploadView> => {
      const person = await signedIn(serving, request);
      const { id } = request.params;
      const found = orRefuse(await readUpload(house, id));
      orRefuse(await needReason(house, person, found.upload.case));
      const bytes = request.body instanceof Readable ? request.body : Readable.from([]);
      return viewOf(orRefuse(await growUpload(house, person, { id, from: Number(request.headers['upload-offset']), bytes })));
    },
  );
}

function viewOf({ upload, offset }: Uploaded): UploadView {
  const { person: _person, begun: _begun, ...rest } = upload;
  return { ...rest, offset };
}

import type { OversightView } from '../api.ts';
import { oversightView } from '../app/oversight.ts';
import { Refused } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const ROLE = 'overseer';

/** What an overseer looks at: the logs that its node witnesses. It holds pseudonyms of cases and roles, no name and no content. */
export function oversightRoutes(api: Api, serving: Serving): void {
  api.get('/api/oversight', { schema: { tags: ['oversight'] } }, async (request): Promise<OversightView> => {
    const person = await signedIn(serving, request);
    if (!person.roles.includes(ROLE))
      throw new Refused({ code: 'role-not-allowed', values: { role: person.roles.join(', '), roles: ROLE } });
    return oversightView(serving.house);
  });
}

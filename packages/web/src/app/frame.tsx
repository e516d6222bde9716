import { createRootRoute, createRoute, redirect, retainSearchParams } from '@tanstack/react-router';
import { client, session } from '../api/queries.ts';
import { NotHere } from '../pages/NotHere.tsx';
import { addWords, type More } from '../words/catalogue.ts';
import { type Language, readLanguage } from '../words/language.ts';
import { Shell } from './Shell.tsx';

/** The language stands in the address of every page, so that a link is read in the language it was sent in. */
export interface Everywhere {
  readonly lang?: Language | undefined;
}

export const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Everywhere => {
    const lang = readLanguage(search['lang']);
    return lang === undefined ? {} : { lang };
  },
  search: { middlewares: [retainSearchParams(['lang'])] },
  component: Shell,
  notFoundComponent: NotHere,
});

/** A text that is not empty. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A whole number from 0 on. */
export const whole = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;

/** A search without the members that are not there. */
export function some<K extends string>(search: { readonly [P in K]: string | undefined }): { [P in K]?: string } {
  // Each member that is left was checked to be a text.
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as { [P in K]?: string };
}

/** The pages behind the first need words of their own: they are there before the page is. */
export async function withWords<M>(page: Promise<M>, ...more: readonly More[]): Promise<M> {
  const [module] = await Promise.all([page, ...(['work', 'errors', ...more] as const).map(addWords)]);
  return module;
}

/** Everything else asks for a person; whoever comes without is sent to sign in, and then back. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const now = await client.ensureQueryData(session).catch(() => undefined);
    if (now !== undefined && now.person === undefined) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});

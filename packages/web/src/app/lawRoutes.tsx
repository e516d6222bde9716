import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inside, some, text, withWords } from './frame.tsx';

const askRoute = createRoute({
  getParentRoute: () => inside,
  path: '/ask',
  validateSearch: (search: Record<string, unknown>): { fact?: string } => some({ fact: text(search['fact']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/ask/AskPage.tsx'), 'law'), 'AskPage'),
});

const mapRoute = createRoute({
  getParentRoute: () => inside,
  path: '/ask/map',
  validateSearch: (search: Record<string, unknown>): { at?: string } => some({ at: text(search['at']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/map/MapPage.tsx'), 'law'), 'MapPage'),
});

const lawRoute = createRoute({
  getParentRoute: () => inside,
  path: '/law',
  validateSearch: (search: Record<string, unknown>): { q?: string } => some({ q: text(search['q']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/law/LawPage.tsx'), 'law'), 'LawPage'),
});

const packRoute = createRoute({
  getParentRoute: () => inside,
  path: '/law/$pack',
  validateSearch: (search: Record<string, unknown>): { compare?: string } => some({ compare: text(search['compare']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/law/PackPage.tsx'), 'law'), 'PackPage'),
});

const changeRoute = createRoute({
  getParentRoute: () => inside,
  path: '/law/change',
  validateSearch: (search: Record<string, unknown>): { pack?: string } => some({ pack: text(search['pack']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/change/ChangePage.tsx'), 'law'), 'ChangePage'),
});

/** The pages of the law. */
export const lawRoutes = [askRoute, mapRoute, lawRoute, packRoute, changeRoute];

import type { WatchedReading } from '@comity/node/api';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { DeskSide } from '../api/queries.ts';
import type { ToolName } from '../pages/look/tools.ts';
import { inside, root, some, text, texts, whole, withWords } from './frame.tsx';
import { lawRoutes } from './lawRoutes.tsx';
import { prepareRoutes } from './prepareRoutes.tsx';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = text(search['next']);
    // Only addresses of these pages: a link must not send people who sign in elsewhere.
    return next?.startsWith('/') === true && !next.startsWith('//') ? { next } : {};
  },
  component: lazyRouteComponent(() => import('../pages/signin/SignIn.tsx'), 'SignIn'),
});

/** Where the sandbox's lobby leads: one click, and one is somebody. */
const enter = createRoute({
  getParentRoute: () => root,
  path: '/enter/$person',
  component: lazyRouteComponent(() => import('../pages/enter/Enter.tsx'), 'Enter'),
});

const deskRoute = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { show?: DeskSide | 'all'; procedure?: string; seat?: string } => {
    const show = (['ours', 'theirs', 'closed', 'all'] as const).find((side) => side === search['show']);
    const kind = some({ procedure: text(search['procedure']), seat: text(search['seat']) });
    return show === undefined ? kind : { ...kind, show };
  },
  component: lazyRouteComponent(() => import('../pages/desk/Desk.tsx'), 'Desk'),
});

const startRoute = createRoute({
  getParentRoute: () => inside,
  path: '/new',
  component: lazyRouteComponent(() => withWords(import('../pages/request/AskStart.tsx'), 'gate'), 'AskStart'),
});

const requestRoute = createRoute({
  getParentRoute: () => inside,
  path: '/new/$procedure',
  validateSearch: (search: Record<string, unknown>): { team?: string } => some({ team: text(search['team']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/request/NewRequest.tsx'), 'gate', 'coop'), 'NewRequest'),
});

const caseRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id',
  validateSearch: (search: Record<string, unknown>): { move?: string } => {
    const move = text(search['move']);
    return move === undefined ? {} : { move };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/case/Case.tsx')), 'Case'),
});

const decideRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/decide',
  validateSearch: (search: Record<string, unknown>): { move?: string } => some({ move: text(search['move']) }),
  component: lazyRouteComponent(() => withWords(import('../pages/decide/DecidePage.tsx'), 'coop', 'law'), 'DecidePage'),
});

const lookRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/look',
  validateSearch: (search: Record<string, unknown>): { tool?: ToolName } => {
    const tool = (['search', 'timeline', 'links', 'flows', 'join'] as const).find((known) => known === search['tool']);
    return tool === undefined ? {} : { tool };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/look/LookPage.tsx'), 'look', 'open'), 'LookPage'),
});

const emergencyRoute = createRoute({
  getParentRoute: () => inside,
  path: '/emergency',
  component: lazyRouteComponent(() => withWords(import('../pages/emergency/EmergencyPage.tsx'), 'coop'), 'EmergencyPage'),
});

const emergencyCaseRoute = createRoute({
  getParentRoute: () => inside,
  path: '/emergency/$id',
  component: lazyRouteComponent(() => withWords(import('../pages/emergency/EmergencyCase.tsx'), 'coop'), 'EmergencyCase'),
});

const roomRoute = createRoute({
  getParentRoute: () => inside,
  path: '/rooms/$id',
  component: lazyRouteComponent(() => withWords(import('../pages/room/RoomPage.tsx'), 'coop'), 'RoomPage'),
});

const draftRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/draft',
  component: lazyRouteComponent(() => withWords(import('../pages/drafting/DraftRoom.tsx'), 'coop'), 'DraftRoom'),
});

const boardRoute = createRoute({
  getParentRoute: () => inside,
  path: '/board',
  validateSearch: (search: Record<string, unknown>): { page?: number } => {
    const page = whole(search['page']);
    return page === undefined ? {} : { page };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/board/BoardPage.tsx'), 'coop'), 'BoardPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => inside,
  path: '/board/$id',
  validateSearch: (search: Record<string, unknown>): { step?: number } => {
    const step = whole(search['step']);
    return step === undefined ? {} : { step: Math.min(Math.max(step, 1), 3) };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/board/OrderPage.tsx'), 'coop', 'inner'), 'OrderPage'),
});

const previewRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/items/$item/preview',
  component: lazyRouteComponent(() => withWords(import('../pages/preview/PreviewPage.tsx'), 'inner'), 'PreviewPage'),
});

const openRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/items/$item/open',
  component: lazyRouteComponent(() => withWords(import('../pages/open/OpenPage.tsx'), 'open'), 'OpenPage'),
});

const shareRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/items/$item/share',
  component: lazyRouteComponent(() => withWords(import('../pages/open/SharePage.tsx'), 'open'), 'SharePage'),
});

const assessRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/assess',
  validateSearch: (search: Record<string, unknown>): { party?: string; have?: readonly string[] } => {
    const party = text(search['party']);
    const have = texts(search['have']);
    return { ...(party === undefined ? {} : { party }), ...(have.length === 0 ? {} : { have }) };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/assess/AssessPage.tsx'), 'law'), 'AssessPage'),
});

const oversightRoute = createRoute({
  getParentRoute: () => inside,
  path: '/oversight',
  validateSearch: (search: Record<string, unknown>): { office?: string; kind?: WatchedReading['opened'] } => {
    const kind = (['case', 'payload', 'query'] as const).find((known) => known === search['kind']);
    return { ...some({ office: text(search['office']) }), ...(kind === undefined ? {} : { kind }) };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/oversight/OversightPage.tsx'), 'inner'), 'OversightPage'),
});

const copiesRoute = createRoute({
  getParentRoute: () => inside,
  path: '/copies',
  component: lazyRouteComponent(() => withWords(import('../pages/copies/CopiesPage.tsx'), 'inner'), 'CopiesPage'),
});

const importsRoute = createRoute({
  getParentRoute: () => inside,
  path: '/imports',
  component: lazyRouteComponent(() => withWords(import('../pages/imports/ImportsPage.tsx'), 'papers'), 'ImportsPage'),
});

const importRoute = createRoute({
  getParentRoute: () => inside,
  path: '/imports/$id',
  component: lazyRouteComponent(
    () => withWords(import('../pages/imports/ImportPage.tsx'), 'papers', 'gate', 'coop'),
    'ImportPage',
  ),
});

const noticeRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/notice',
  component: lazyRouteComponent(() => withWords(import('../pages/letters/NoticePage.tsx'), 'papers'), 'NoticePage'),
});

const requestLetterRoute = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/letter',
  component: lazyRouteComponent(() => withWords(import('../pages/letters/RequestLetterPage.tsx'), 'papers'), 'RequestLetterPage'),
});

const figuresRoute = createRoute({
  getParentRoute: () => inside,
  path: '/figures',
  validateSearch: (search: Record<string, unknown>): { year?: number } => {
    const year = whole(search['year']);
    return year === undefined || year < 2000 || year > 2999 ? {} : { year };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/figures/FiguresPage.tsx'), 'papers'), 'FiguresPage'),
});

const verifyRoute = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: (search: Record<string, unknown>): { case?: string } => {
    const id = text(search['case']);
    return id === undefined ? {} : { case: id };
  },
  component: lazyRouteComponent(() => withWords(import('../pages/verify/VerifyPage.tsx')), 'VerifyPage'),
});

const inner = [
  deskRoute,
  startRoute,
  requestRoute,
  caseRoute,
  decideRoute,
  lookRoute,
  emergencyRoute,
  emergencyCaseRoute,
  roomRoute,
  draftRoute,
  boardRoute,
  orderRoute,
  previewRoute,
  openRoute,
  shareRoute,
  assessRoute,
  copiesRoute,
  oversightRoute,
  importsRoute,
  importRoute,
  figuresRoute,
  noticeRoute,
  requestLetterRoute,
  ...prepareRoutes,
  ...lawRoutes,
];

export const router = createRouter({
  routeTree: root.addChildren([signIn, enter, inside.addChildren(inner), verifyRoute]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

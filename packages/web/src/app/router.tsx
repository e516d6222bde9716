import type { WatchedReading } from '@comity/node/api';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { client, type DeskSide, session } from '../api/queries.ts';
import type { ToolName } from '../pages/look/tools.ts';
import { NotHere } from '../pages/NotHere.tsx';
import { addWords, type More } from '../words/catalogue.ts';
import { type Language, readLanguage } from '../words/language.ts';
import { Shell } from './Shell.tsx';

/** The language stands in the address of every page, so that a link is read in the language it was sent in. */
export interface Everywhere {
  readonly lang?: Language | undefined;
}

const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Everywhere => {
    const lang = readLanguage(search['lang']);
    return lang === undefined ? {} : { lang };
  },
  search: { middlewares: [retainSearchParams(['lang'])] },
  component: Shell,
  notFoundComponent: NotHere,
});

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** A whole number from 0 on. */
const whole = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;

/** A search without the members that are not there. */
function some<K extends string>(search: { readonly [P in K]: string | undefined }): { [P in K]?: string } {
  // Each member that is left was checked to be a text.
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as { [P in K]?: string };
}

/** The pages behind the first need words of their own: they are there before the page is. */
async function withWords<M>(page: Promise<M>, ...more: readonly More[]): Promise<M> {
  const [module] = await Promise.all([page, ...(['work', 'errors', ...more] as const).map(addWords)]);
  return module;
}

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

/** Everything else asks for a person; whoever comes without is sent to sign in, and then back. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    const now = await client.ensureQueryData(session).catch(() => undefined);
    if (now !== undefined && now.person === undefined) throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
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

const prepareRoute = createRoute({
  getParentRoute: () => inside,
  path: '/prepare',
  component: lazyRouteComponent(() => withWords(import('../pages/prepare/PreparePage.tsx'), 'prepare'), 'PreparePage'),
});

const datasetRoute = createRoute({
  getParentRoute: () => inside,
  path: '/prepare/$dataset',
  component: lazyRouteComponent(() => withWords(import('../pages/prepare/DatasetPage.tsx'), 'prepare'), 'DatasetPage'),
});

const reportRoute = createRoute({
  getParentRoute: () => inside,
  path: '/prepare/$dataset/$preparation',
  component: lazyRouteComponent(() => withWords(import('../pages/prepare/ReportPage.tsx'), 'prepare'), 'ReportPage'),
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

const law = [askRoute, mapRoute, lawRoute, packRoute, changeRoute];
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
  prepareRoute,
  datasetRoute,
  reportRoute,
  ...law,
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

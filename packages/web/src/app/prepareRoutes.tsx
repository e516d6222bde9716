import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inside, withWords } from './frame.tsx';

const prepareRoute = createRoute({
  getParentRoute: () => inside,
  path: '/prepare',
  component: lazyRouteComponent(() => withWords(import('../pages/prepare/PreparePage.tsx'), 'prepare'), 'PreparePage'),
});

const datasetRoute = createRoute({
  getParentRoute: () => inside,
  path: '/prepare/$dataset',
  component: lazyRouteComponent(() => withWords(import('../pages/prepare/DatasetPage.tsx'), 'prepare', 'inner'), 'DatasetPage'),
});

const reportRoute = createRoute({
  getParentRoute: () => inside,
  path: '/prepare/$dataset/$preparation',
  component: lazyRouteComponent(() => withWords(import('../pages/prepare/ReportPage.tsx'), 'prepare'), 'ReportPage'),
});

/** The pages on which data are prepared. */
export const prepareRoutes = [prepareRoute, datasetRoute, reportRoute];

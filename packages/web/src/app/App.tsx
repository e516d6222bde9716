import { I18nProvider } from '@lingui/react';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { client } from '../api/queries.ts';
import { firstLanguage, i18n, showLanguage } from '../words/catalogue.ts';
import { router } from './router.tsx';
import { resolveVariables, theme } from './theme.ts';

/** Nothing shows before its words are there: half a page in another language would be worse than a moment of none. */
export function App() {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    void showLanguage(firstLanguage(location.search)).then(() => setReady(true));
  }, []);
  if (!ready) return null;
  return (
    <I18nProvider i18n={i18n}>
      <DirectionProvider initialDirection="ltr" detectDirection>
        <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
          <QueryClientProvider client={client}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nProvider>
  );
}

import type { PartyView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { session } from '../api/queries.ts';
import { oversees } from '../things/oversees.ts';
import { preparesData } from '../things/preparesData.ts';
import { SandboxBand } from '../things/SandboxBand.tsx';
import { useWords } from '../words/useWords.ts';
import { Account } from './Account.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { usePalette } from './usePalette.ts';
import './shell.css';

const Palette = lazy(() => import('./Palette.tsx'));

/** What stands around every page: the sandbox band, whose desk this is, who is here, the language. */
export function Shell() {
  const { t, language } = useWords();
  const { data } = useQuery(session);
  const palette = usePalette(data?.person !== undefined);
  const main = useFocusOnNewPage();
  return (
    <>
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      {data?.env === 'sandbox' && <SandboxBand />}
      <header className="top">
        <div className="page top-in">
          <Link to="/" className="mark">
            Comity
            {data !== undefined && (
              <span className="office">
                <bdi>{data.party.name}</bdi>
              </span>
            )}
          </Link>
          <nav className="row" aria-label={t('nav.label')}>
            {data?.person !== undefined && (
              <>
                <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
                  {t('nav.desk')}
                </Link>
                {answersOrders(data.party) && <Link to="/board">{t('nav.board')}</Link>}
                {preparesData(data.person) && <Link to="/prepare">{t('nav.prepare')}</Link>}
                <Link to="/ask">{t('nav.ask')}</Link>
                <Link to="/law">{t('nav.law')}</Link>
                <Link to="/copies">{t('nav.copies')}</Link>
                <Link to="/verify">{t('nav.verify')}</Link>
                {oversees(data.person) && <Link to="/oversight">{t('nav.oversight')}</Link>}
                <button type="button" className="plain" onClick={palette.show}>
                  {t('nav.find')} <kbd>{palette.shortcut}</kbd>
                </button>
              </>
            )}
          </nav>
          {data !== undefined && <Account session={data} />}
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" className="page" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
      <footer className="page foot small quiet no-print">
        {language !== 'en' && <p>{t('foot.translation')}</p>}
        <p>{t('foot.law')}</p>
      </footer>
      {palette.shown && (
        <Suspense>
          <Palette onClose={palette.hide} />
        </Suspense>
      )}
    </>
  );
}

/** Whether an office is asked for data by others, so that it needs a board of their clocks. */
function answersOrders({ powers }: PartyView): boolean {
  return powers.some(({ seat }) => seat === 'provider');
}

/** After a move to another page the keyboard and the screen reader stand at its beginning, not where the old link was. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return main;
}

/** The whole console: a session, its reads, and the page that the URL names. */
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { useEffect, useRef } from 'react';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { ConnectionsPage } from './connections/connections-page.tsx';
import { Queries } from './session/queries.tsx';
import { SessionProvider } from './session/session.tsx';
import { focusNewPage, keepFocus } from './shell/kept-focus.ts';
import { LaterPages, PagesAhead } from './shell/later-pages.tsx';
import { PageBoundary } from './shell/page-boundary.tsx';
import { connectionsPath, overviewPath, pageOf } from './shell/page-paths.ts';
import { loadPages } from './shell/pages-file.ts';
import { AppShell } from './shell/shell.tsx';

interface AppProps {
  /** Loads every page but the list of connections. */
  load?: typeof loadPages;
}

function Page({ load }: Required<AppProps>) {
  const [page] = useLocation();
  const shown = pageOf(page);
  const last = useRef(shown);
  useEffect(() => {
    if (last.current !== shown) focusNewPage();
    last.current = shown;
  }, [shown]);
  return (
    <PageBoundary page={page} isWhole>
      <Switch>
        <Route path={connectionsPath} component={ConnectionsPage} />
        <Route path="/">
          <Redirect to={overviewPath} replace />
        </Route>
        {/* API Gateway has no route for a folder alone. */}
        <Route path="/index.html">
          <Redirect to={overviewPath} replace />
        </Route>
        <Route>
          <LaterPages load={load} />
        </Route>
      </Switch>
    </PageBoundary>
  );
}

export function App({ load = loadPages }: AppProps) {
  useEffect(keepFocus, []);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">
        <SessionProvider load={load}>
          <Queries>
            <AppShell load={load}>
              <Page load={load} />
              <PagesAhead load={load} />
            </AppShell>
          </Queries>
        </SessionProvider>
      </Router>
    </I18nProvider>
  );
}

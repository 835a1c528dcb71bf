/** The whole console: a session, its reads, and the page that the URL names. */
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { Suspense, useEffect, useRef } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { isTab } from './connection/connection-tab.ts';
import { ConnectionsPage } from './connections/connections-page.tsx';
import { isDestinationTab } from './destination/destination-tab.ts';
import { Queries } from './session/queries.tsx';
import { SessionProvider } from './session/session.tsx';
import { focusNewPage, keepFocus } from './shell/kept-focus.ts';
import { lazyPage } from './shell/lazy-page.tsx';
import { Loading } from './shell/loading.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageBoundary } from './shell/page-boundary.tsx';
import { home, overviewPath, pageOf } from './shell/page-paths.ts';
import { Shell } from './shell/shell.tsx';
import { text } from './text.ts';

// The first page loads none of these.
const EditRoutesPage = lazyPage(() => import('./routes/edit-routes-page.tsx'));
const OverviewPage = lazyPage(() => import('./overview/overview-page.tsx'));
const CreatePage = lazyPage(() => import('./connections/create-page.tsx'));
const ConnectionPage = lazyPage(() => import('./connection/connection-page.tsx'));
const EventPage = lazyPage(() => import('./events/event-page.tsx'));
const SearchPage = lazyPage(() => import('./events/search-page.tsx'));
const OperatorsPage = lazyPage(() => import('./operators/operators-page.tsx'));
const ConfigurePage = lazyPage(() => import('./connection/configure-page.tsx'));
const SetupPage = lazyPage(() => import('./setup/setup-page.tsx'));
const JobsPage = lazyPage(() => import('./jobs/jobs-page.tsx'));
const DestinationsPage = lazyPage(() => import('./destinations/destinations-page.tsx'));
const CreateDestinationPage = lazyPage(() => import('./destinations/create-destination-page.tsx'));
const DestinationPage = lazyPage(() => import('./destination/destination-page.tsx'));
const DeliveryPage = lazyPage(() => import('./deliveries/delivery-page.tsx'));
const EditDestinationPage = lazyPage(() => import('./destination/edit-destination-page.tsx'));

function Pages() {
  const [page] = useLocation();
  const shown = pageOf(page);
  const last = useRef(shown);
  useEffect(() => {
    if (last.current !== shown) focusNewPage();
    last.current = shown;
  }, [shown]);
  return (
    <PageBoundary page={page} isWhole>
      <Suspense fallback={<Loading>{text.shell.loading}</Loading>}>
        {/* A key makes a page of another connection begin anew, with nothing of the last one. */}
        <Switch>
          <Route path="/" component={ConnectionsPage} />
          <Route path={home} component={ConnectionsPage} />
          <Route path={overviewPath} component={OverviewPage} />
          <Route path="/create" component={CreatePage} />
          <Route path="/connections/:name/configure">{({ name }) => <ConfigurePage key={name} name={name} />}</Route>
          <Route path="/connections/:name/setup">{({ name }) => <SetupPage key={name} name={name} />}</Route>
          <Route path="/connections/:name/routes/edit">{({ name }) => <EditRoutesPage key={name} name={name} />}</Route>
          <Route path="/connections/:name/events/:id">
            {({ name, id }) => <EventPage key={id} name={name} id={id} />}
          </Route>
          <Route path="/connections/:name">
            {({ name }) => <ConnectionPage key={name} name={name} tab="endpoint" />}
          </Route>
          <Route path="/connections/:name/:tab">
            {({ name, tab }) => (isTab(tab) ? <ConnectionPage key={name} name={name} tab={tab} /> : <NotFound />)}
          </Route>
          <Route path="/destinations" component={DestinationsPage} />
          <Route path="/create-destination" component={CreateDestinationPage} />
          <Route path="/destinations/:name/edit">{({ name }) => <EditDestinationPage key={name} name={name} />}</Route>
          <Route path="/destinations/:name/deliveries/:id">{({ id }) => <DeliveryPage key={id} id={id} />}</Route>
          <Route path="/destinations/:name">
            {({ name }) => <DestinationPage key={name} name={name} tab="settings" />}
          </Route>
          <Route path="/destinations/:name/:tab">
            {({ name, tab }) =>
              isDestinationTab(tab) ? <DestinationPage key={name} name={name} tab={tab} /> : <NotFound />
            }
          </Route>
          <Route path="/jobs" component={JobsPage} />
          <Route path="/search" component={SearchPage} />
          <Route path="/operators" component={OperatorsPage} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

export function App() {
  useEffect(keepFocus, []);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Router base="/console">
        <SessionProvider>
          <Queries>
            <Shell>
              <Pages />
            </Shell>
          </Queries>
        </SessionProvider>
      </Router>
    </I18nProvider>
  );
}

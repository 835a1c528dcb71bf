/**
 * Every page but the first, by its path. They are one file: it loads whole or not at all, and imports only what the first page has loaded.
 * See decision 74.
 */
import { Route, Switch } from 'wouter';
import { ConfigurePage } from './connection/configure-page.tsx';
import { ConnectionPage } from './connection/connection-page.tsx';
import { isTab } from './connection/connection-tab.ts';
import { CreatePage } from './connections/create-page.tsx';
import { DeliveryDetailsPage } from './deliveries/delivery-page.tsx';
import { DestinationPage } from './destination/destination-page.tsx';
import { isDestinationTab } from './destination/destination-tab.ts';
import { EditDestinationPage } from './destination/edit-destination-page.tsx';
import { CreateDestinationPage } from './destinations/create-destination-page.tsx';
import { DestinationsPage } from './destinations/destinations-page.tsx';
import { EventDetailsPage } from './events/event-page.tsx';
import { EventSearchPage } from './events/search-page.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { OperatorsPage } from './operators/operators-page.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { EditRoutesPage } from './routes/edit-routes-page.tsx';
import { SetupPage } from './setup/setup-page.tsx';
import { NotFound } from './shell/not-found.tsx';
import { overviewPath } from './shell/page-paths.ts';

export { KeyList } from './palette/key-list.tsx';
export { Palette } from './palette/palette.tsx';

/** The page that the URL names. */
export const Pages = () => (
  // A key makes a page of another connection begin anew, with nothing of the last one.
  <Switch>
    <Route path={overviewPath} component={OverviewPage} />
    <Route path="/create" component={CreatePage} />
    <Route path="/connections/:name/configure">{({ name }) => <ConfigurePage key={name} name={name} />}</Route>
    <Route path="/connections/:name/setup">{({ name }) => <SetupPage key={name} name={name} />}</Route>
    <Route path="/connections/:name/routes/edit">{({ name }) => <EditRoutesPage key={name} name={name} />}</Route>
    <Route path="/connections/:name/events/:id">
      {({ name, id }) => <EventDetailsPage key={id} name={name} id={id} />}
    </Route>
    <Route path="/connections/:name">{({ name }) => <ConnectionPage key={name} name={name} tab="endpoint" />}</Route>
    <Route path="/connections/:name/:tab">
      {({ name, tab }) => (isTab(tab) ? <ConnectionPage key={name} name={name} tab={tab} /> : <NotFound />)}
    </Route>
    <Route path="/destinations" component={DestinationsPage} />
    <Route path="/create-destination" component={CreateDestinationPage} />
    <Route path="/destinations/:name/edit">{({ name }) => <EditDestinationPage key={name} name={name} />}</Route>
    <Route path="/destinations/:name/deliveries/:id">{({ id }) => <DeliveryDetailsPage key={id} id={id} />}</Route>
    <Route path="/destinations/:name">{({ name }) => <DestinationPage key={name} name={name} tab="settings" />}</Route>
    <Route path="/destinations/:name/:tab">
      {({ name, tab }) => (isDestinationTab(tab) ? <DestinationPage key={name} name={name} tab={tab} /> : <NotFound />)}
    </Route>
    <Route path="/jobs" component={JobsPage} />
    <Route path="/search" component={EventSearchPage} />
    <Route path="/operators" component={OperatorsPage} />
    <Route component={NotFound} />
  </Switch>
);

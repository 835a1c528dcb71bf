/** Where the pages are, and which pages are above another one. */
import { isTab } from '../connection/connection-tab.ts';
import { isDestinationTab } from '../destination/destination-tab.ts';
import { text } from '../text.ts';

/** What needs somebody: where sign-in and the logo lead. */
export const overviewPath = '/overview';
/** The list of connections. */
export const connectionsPath = '/connections';
/** The list of destinations. */
export const destinationsPath = '/destinations';

export interface Crumb {
  label: string;
  /** The page's path. The page that is shown has none. */
  to?: string;
}

/** A part of a path as a person reads it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What is below a connection's page. Its tabs are that page. */
function belowConnection(path: string, [part = '', id, ...more]: string[]): Crumb[] | undefined {
  if (more.length > 0) return undefined;
  if (part === 'events' && id !== undefined)
    return [{ label: text.connection.tabs.events, to: `${path}/events` }, { label: decoded(id) }];
  if (part === 'routes' && id === 'edit')
    return [{ label: text.connection.tabs.routes, to: `${path}/routes` }, { label: text.connection.editRoutes }];
  if (id !== undefined) return undefined;
  if (part === 'configure') return [{ label: text.configure.crumb }];
  if (part === 'setup') return [{ label: text.create.setUp }];
  return part === '' || isTab(part) ? [] : undefined;
}

/** What is below a destination's page. */
function belowDestination(path: string, [part = '', id, ...more]: string[]): Crumb[] | undefined {
  if (more.length > 0) return undefined;
  if (part === 'deliveries' && id !== undefined)
    return [{ label: text.destination.tabs.deliveries, to: `${path}/deliveries` }, { label: decoded(id) }];
  if (id !== undefined) return undefined;
  if (part === 'edit') return [{ label: text.destination.crumb }];
  return part === '' || isDestinationTab(part) ? [] : undefined;
}

/**
 * The way to a page that is below a list, from the list to the page itself. Empty for every other page.
 * @param path behind `/console`
 */
export function trailOf(path: string): Crumb[] {
  const [top, name, ...below] = path.split('/').filter(Boolean);
  const connections = { label: text.connections.title, to: connectionsPath };
  const destinations = { label: text.destinations.title, to: destinationsPath };
  if (top === 'create' && name === undefined) return [connections, { label: text.connections.create }];
  if (top === 'create-destination' && name === undefined) return [destinations, { label: text.destinations.create }];
  if (name === undefined) return [];
  const own = `/${top}/${name}`;
  const [list, rest] =
    top === 'connections'
      ? [connections, belowConnection(own, below)]
      : [destinations, top === 'destinations' ? belowDestination(own, below) : undefined];
  if (!rest) return [];
  const label = decoded(name);
  return [list, rest.length === 0 ? { label } : { label, to: own }, ...rest];
}

/** Whether the last part of a path is a tab, by the first part. */
const tabsOf = new Map<string | undefined, (tab: string) => boolean>([
  ['connections', isTab],
  ['destinations', isDestinationTab],
]);

/** The page of a path. The tabs of a connection, and those of a destination, are one page. */
export function pageOf(path: string): string {
  const [top, name, tab = '', ...more] = path.split('/').filter(Boolean);
  return tabsOf.get(top)?.(tab) && more.length === 0 ? `/${top}/${name}` : path;
}

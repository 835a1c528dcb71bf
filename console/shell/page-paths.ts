/** Where the pages are, and which pages are above another one. */
import { isTab } from '../connection/connection-tab.ts';
import { text } from '../text.ts';

/** The first page. It has the name of a file, because API Gateway has no route for a folder alone. */
export const home = '/index.html';

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
  if (id !== undefined) return undefined;
  if (part === 'configure') return [{ label: text.configure.crumb }];
  return part === '' || isTab(part) ? [] : undefined;
}

/**
 * The way to a page that is below a list, from the list to the page itself. Empty for every other page.
 * @param path behind `/console`
 */
export function trailOf(path: string): Crumb[] {
  const [top, name, ...below] = path.split('/').filter(Boolean);
  const connections = { label: text.connections.title, to: home };
  if (top === 'create' && name === undefined) return [connections, { label: text.create.title }];
  if (top !== 'connections' || name === undefined) return [];
  const connection = `/connections/${name}`;
  const rest = belowConnection(connection, below);
  if (!rest) return [];
  const label = decoded(name);
  return [connections, rest.length === 0 ? { label } : { label, to: connection }, ...rest];
}

/** The page of a path. The tabs of a connection are one page. */
export function pageOf(path: string): string {
  const [top, name, tab = '', ...more] = path.split('/').filter(Boolean);
  return top === 'connections' && isTab(tab) && more.length === 0 ? `/connections/${name}` : path;
}

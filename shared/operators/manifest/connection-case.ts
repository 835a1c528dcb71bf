/** A connection of a file beside the one that is there: what its status and its token need, and what the record says of the file. Pure. */
import type { ConnectionView } from '../../endpoints/endpoint/connection-view.ts';
import { tokenNeed } from '../../endpoints/endpoint/declared-endpoint.ts';
import { type FileManager, fileManagerOf } from '../../endpoints/endpoint/managed-by.ts';
import type { WantedConnection } from './manifest.ts';
import { managerOf, type PlanOptions } from './plan.ts';
import type { RoutesInForce } from './route-differences.ts';

/** A connection as the API shows it, with its rules if the file names any. */
export interface ActualConnection {
  view: ConnectionView;
  routes?: RoutesInForce | undefined;
}

export interface ConnectionContext extends Pick<PlanOptions, 'reopen'> {
  /** The name of the file. */
  file: string;
  /** The destinations that this plan makes. A rule that leads to one has to be set again, because it leads to its id. */
  madeDestinations: ReadonlySet<string>;
}

type Endpoint = ConnectionView['endpoint'];

/** All that is known of a connection that the file may have. */
export interface ConnectionCase {
  name: string;
  wanted: WantedConnection;
  actual: ActualConnection | undefined;
  /** What the file said of it before. Absent if it did not manage it. */
  before: FileManager | undefined;
  endpoint: Endpoint;
  /** Whether the URL is opened or closed now, left to operators, or as it is. */
  status: 'open' | 'close' | 'kept' | 'none';
  token: ReturnType<typeof tokenNeed>;
  /** What the record says first, with the token, and in the end. */
  first: FileManager;
  withToken: FileManager;
  atEnd: FileManager;
  context: ConnectionContext;
}

function statusNeed(
  wanted: WantedConnection,
  endpoint: Endpoint,
  isClosedByFile: boolean,
  reopen: boolean,
): ConnectionCase['status'] {
  const status = endpoint?.status ?? 'unconfigured';
  if (status === 'unconfigured' && !isClosedByFile && !reopen) return 'kept';
  if (wanted.status === 'inactive') return status === 'active' ? 'close' : 'none';
  if (status === 'active') return 'none';
  return isClosedByFile || reopen ? 'open' : 'kept';
}

function tokenNeedOf(
  { token }: WantedConnection,
  endpoint: Endpoint,
  known: string | undefined,
  isOpening: boolean,
): ConnectionCase['token'] {
  if (token === undefined || token === 'keep') return 'none';
  const wasGiven = known !== undefined && known !== 'keep';
  return tokenNeed(endpoint, { isGenerated: token === 'generate', isChanged: token !== known, wasGiven, isOpening });
}

/** What the record says of the file: first, with the token, and in the end. */
function managersOf(
  { wanted, actual, before, status, token, context }: Omit<ConnectionCase, 'first' | 'withToken' | 'atEnd'>,
  isClosedByFile: boolean,
): Pick<ConnectionCase, 'first' | 'withToken' | 'atEnd'> {
  const adopted = before ? before.adopted : actual && (true as const);
  const routes = wanted.routes !== undefined;
  const said = (tokenRef: string | undefined, isClosed: boolean) =>
    managerOf({ kind: 'file', name: context.file, adopted, tokenRef, closed: isClosed || undefined, routes });
  const first = before ?? said(undefined, isClosedByFile);
  const isClosedAtEnd = wanted.status === 'inactive' && (status === 'close' || isClosedByFile);
  return {
    first,
    withToken: token === 'none' ? first : said(wanted.token, isClosedByFile),
    atEnd: said(wanted.token, isClosedAtEnd),
  };
}

export function connectionCase(
  name: string,
  wanted: WantedConnection,
  actual: ActualConnection | undefined,
  context: ConnectionContext,
): ConnectionCase {
  const before = actual && fileManagerOf(actual.view);
  const endpoint = actual?.view.endpoint ?? null;
  // What was never open is, like what the file closed, the file's to open.
  const isNew = actual === undefined || (before === undefined && endpoint?.status === 'configured');
  const isClosedByFile = isNew || before?.closed === true;
  const status = statusNeed(wanted, endpoint, isClosedByFile, context.reopen);
  const token = tokenNeedOf(wanted, endpoint, before?.tokenRef, status === 'open' || endpoint === null);
  const known = { name, wanted, actual, before, endpoint, status, token, context };
  return { ...known, ...managersOf(known, isClosedByFile) };
}

/** Whether the plan leaves it without an endpoint, as an operator did. */
export const isLeftAlone = ({ status, endpoint }: ConnectionCase): boolean => status === 'kept' && endpoint === null;

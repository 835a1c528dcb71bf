/**
 * What a connection of a file needs. Pure.
 *
 * - Settings, routes and the description become what the file says. What it does not name has its default; routes that it does not name
 *   are the operators'.
 * - A secret is compared by its reference alone. The same reference means: as it is, whoever rotated it meanwhile.
 * - What the file itself has closed, or not yet opened, is marked `closed` in the record. So whatever else is closed was closed by an
 *   operator, and stays so.
 */
import { removalSteps } from '../../endpoints/endpoint/declared-endpoint.ts';
import { type FileManager, fileManagerOf } from '../../endpoints/endpoint/managed-by.ts';
import { settingsInForce } from '../../endpoints/endpoint/settings-in-force.ts';
import { changedSettings, type NamedSettings, type SettingsChange } from '../../endpoints/settings/settings.ts';
import { isSameContent } from './canonical-text.ts';
import {
  type ActualConnection,
  type ConnectionCase,
  type ConnectionContext,
  connectionCase,
  isLeftAlone,
} from './connection-case.ts';
import { connectionRefusals } from './connection-refusals.ts';
import { settingsIn, type WantedConnection } from './manifest.ts';
import { type ConnectionItem, type ConnectionStep, type Difference, type Kept, removalOf } from './plan.ts';
import { routeDifferences } from './route-differences.ts';

export interface ConnectionPlan {
  item?: ConnectionItem;
  kept: Kept[];
  refused: string[];
}

/** The settings that differ from what is in force. Null restores a default. */
function settingsChange(provider: string, wanted: NamedSettings, endpoint: NonNullable<ConnectionCase['endpoint']>) {
  const target = settingsInForce({ provider, settings: wanted });
  const names = Object.keys(target) as (keyof NamedSettings)[];
  const differing = names.filter((name) => !isSameContent(target[name], endpoint[name]));
  return {
    change: Object.fromEntries(differing.map((name) => [name, wanted[name] ?? null])) as SettingsChange,
    differences: differing.map((field): Difference => ({ field, from: endpoint[field], to: target[field] })),
  };
}

/** What stays as an operator left it. */
function keptOf({ name, endpoint, status, context }: ConnectionCase): Kept[] {
  const isHeld = endpoint?.held === true && !context.reopen;
  return [
    ...(status === 'kept'
      ? [{ kind: 'connection', name, why: endpoint ? 'deactivated' : 'deconfigured' } as const]
      : []),
    ...(isHeld ? [{ kind: 'connection', name, why: 'held' } as const] : []),
  ];
}

/** The steps of a plan as they are found, with what differs. */
class Draft {
  readonly steps: ConnectionStep[] = [];
  readonly differences: Difference[] = [];

  add(step: ConnectionStep, ...differences: Difference[]): void {
    this.steps.push(step);
    this.differences.push(...differences);
  }
}

const difference = (field: string, from: unknown, to: unknown): Difference => ({ field, from, to });

function addBeginning(draft: Draft, { wanted, actual, before, first, context }: ConnectionCase): void {
  const { provider, description } = wanted;
  if (!actual)
    draft.add(
      { verb: 'create', provider, description, managedBy: first },
      { field: 'provider', to: provider },
      ...(description === '' ? [] : [{ field: 'description', to: description }]),
    );
  else if (!before) draft.add({ verb: 'manage', managedBy: first }, { field: 'managedBy', to: context.file });
  const present = actual?.view.description;
  if (present !== undefined && present !== description)
    draft.add({ verb: 'edit', description }, difference('description', present, description));
}

/** @returns whether a new token comes with the settings: the live one may not fit the new auth, nor the new one the old auth */
function addSettings(draft: Draft, { wanted, endpoint, token, withToken }: ConnectionCase): boolean {
  const named = changedSettings({}, settingsIn(wanted));
  if (!endpoint) {
    draft.add({ verb: 'configure', settings: named }, ...Object.entries(named).map(([field, to]) => ({ field, to })));
    return false;
  }
  const { change, differences } = settingsChange(wanted.provider, named, endpoint);
  if (differences.length === 0) return false;
  const isAtOnce = change.auth !== undefined && token === 'replace';
  const value = isAtOnce && { reference: wanted.token as string, managedBy: withToken };
  draft.add({ verb: 'configure', settings: change, ...value }, ...differences);
  return isAtOnce;
}

function addToken(draft: Draft, { wanted, before, token, withToken }: ConnectionCase, isDone: boolean): void {
  if (token === 'none') return;
  const known = before?.tokenRef;
  draft.differences.push(difference('token', known === wanted.token ? undefined : known, wanted.token));
  const verb = token === 'create' ? 'createToken' : 'replaceToken';
  if (!isDone) draft.add({ verb, reference: wanted.token as string, managedBy: withToken });
}

function addRoutes(draft: Draft, { wanted, actual, context }: ConnectionCase): void {
  const { routes } = wanted;
  if (routes === undefined) return;
  const differences = routeDifferences(actual?.routes, routes, context.madeDestinations);
  if (differences.length > 0) draft.add({ verb: 'setRoutes', routes }, ...differences);
}

const managerText = ({ name, closed }: FileManager): string => (closed ? `${name}, closed by it` : name);

const routesText = ({ routes }: FileManager): string => (routes ? 'as the file says' : 'left to operators');

/** What the record says otherwise than the file: where the token comes from, whether the file keeps the URL closed, and whether it has routes. */
const noteDifferences = (before: FileManager, atEnd: FileManager): Difference[] => [
  ...(before.tokenRef === atEnd.tokenRef
    ? []
    : [difference('token', before.tokenRef ?? 'left to operators', atEnd.tokenRef ?? 'left to operators')]),
  ...(before.closed === atEnd.closed ? [] : [difference('managedBy', managerText(before), managerText(atEnd))]),
  ...(before.routes === atEnd.routes ? [] : [difference('routes', routesText(before), routesText(atEnd))]),
];

/** Opens or closes the URL, and says in the same write for whom. Without that, the record is told what the file says. */
function addEnding(
  draft: Draft,
  { wanted, before, endpoint, status, withToken, atEnd, context }: ConnectionCase,
): void {
  // A new manager or token is told already. A record of an earlier release, that does not say whether the file has routes, is told with the next change.
  const isOld = before !== undefined && before.routes === undefined;
  const routes = isOld ? undefined : atEnd.routes;
  const notes = before ? noteDifferences({ ...withToken, routes: before.routes }, { ...atEnd, routes }) : [];
  if (status === 'open' || status === 'close') {
    const verb = status === 'open' ? 'activate' : 'deactivate';
    draft.add(
      { verb, managedBy: atEnd },
      difference('status', endpoint?.status, wanted.status),
      ...notes.filter(({ field }) => field !== 'managedBy'),
    );
  } else if (notes.length > 0 || (!isSameContent(withToken, atEnd) && (!isOld || draft.steps.length > 0))) {
    draft.add({ verb: 'manage', managedBy: atEnd }, ...notes);
  }
  if (context.reopen && endpoint?.held) draft.add({ verb: 'release' }, difference('held', true, false));
}

function planOf(found: ConnectionCase, { steps, differences }: Draft): ConnectionPlan {
  const { name, actual, before } = found;
  const kept = keptOf(found);
  if (steps.length === 0) return { kept, refused: [] };
  const action = actual === undefined ? 'create' : before === undefined ? 'adopt' : 'change';
  const version = actual && { version: actual.view.version };
  return { item: { kind: 'connection', name, action, differences, ...version, steps }, kept, refused: [] };
}

/** Plans a connection that the file names. */
export function planConnection(
  name: string,
  wanted: WantedConnection,
  actual: ActualConnection | undefined,
  context: ConnectionContext,
): ConnectionPlan {
  const found = connectionCase(name, wanted, actual, context);
  const refused = connectionRefusals(found);
  if (refused.length > 0) return { kept: [], refused };
  const draft = new Draft();
  addBeginning(draft, found);
  // Without an endpoint that anybody wants, there is nothing more to say.
  if (isLeftAlone(found)) return planOf(found, draft);
  addToken(draft, found, addSettings(draft, found));
  addRoutes(draft, found);
  addEnding(draft, found);
  return planOf(found, draft);
}

/** Plans a connection of the file that it names no longer. */
export function planRemoval({ view }: ActualConnection): Omit<ConnectionPlan, 'refused'> {
  const { name, endpoint } = view;
  const manager = fileManagerOf(view);
  // The held events would never be published.
  if (endpoint?.held && !manager?.adopted) return { kept: [{ kind: 'connection', name, why: 'unreleased' }] };
  const steps = removalSteps(endpoint).flatMap((step): ConnectionStep[] => {
    if (step.verb !== 'deactivate') return [step];
    // If it is interrupted and the file names it again, the file can open it again.
    return manager ? [{ ...step, managedBy: { ...manager, closed: true } }] : [];
  });
  return { item: removalOf('connection', view, steps), kept: [] };
}

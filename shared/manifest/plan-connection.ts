/**
 * What a connection of a file needs. Pure.
 *
 * - Settings, routes and the description become what the file says. What it does not name has its default; routes that it does not name
 *   are the operators'.
 * - A secret is compared by its reference alone. The same reference means: as it is, whoever rotated it meanwhile.
 * - What the file itself has closed, or not yet opened, is marked `closed` in the record. So whatever else is closed was closed by an
 *   operator, and stays so.
 */
import type { ConnectionView } from '../endpoint/connection-view.ts';
import { type FileManager, fileManagerOf } from '../endpoint/managed-by.ts';
import { guardOf, schemeOf, secretMakerOf, settingsInForce } from '../endpoint/settings-in-force.ts';
import { changedSettings, type NamedSettings, type SettingsChange } from '../settings/settings.ts';
import { needsSecret } from '../signature/certificate-scheme.ts';
import { keyFormOf } from '../signature/scheme-check.ts';
import { canonicalText } from './canonical-text.ts';
import { settingsIn, type WantedConnection } from './manifest.ts';
import {
  type ConnectionItem,
  type ConnectionStep,
  type Difference,
  type Kept,
  managerOf,
  type PlanOptions,
  whyNotOurs,
} from './plan.ts';

/** The rules of a connection, as they are read. */
export interface RoutesInForce {
  mode: 'all' | 'first';
  rules: readonly { id: string; when?: unknown; transform?: string | undefined; to: string }[];
}

/** A connection as the API shows it, with its rules if the file names any. */
export interface ActualConnection {
  view: ConnectionView;
  routes?: RoutesInForce | undefined;
}

export interface ConnectionPlan {
  item?: ConnectionItem;
  kept: Kept[];
  refused: string[];
}

export interface ConnectionContext extends Pick<PlanOptions, 'reopen'> {
  /** The name of the file. */
  file: string;
  /** The destinations that this plan makes. A rule that leads to one has to be set again, because it leads to its id. */
  madeDestinations: ReadonlySet<string>;
}

type Endpoint = ConnectionView['endpoint'];

const isSame = (one: unknown, other: unknown): boolean => canonicalText(one) === canonicalText(other);

/** What an endpoint has to be: opened or closed now, left to operators, or as it is. */
type Turn = 'open' | 'close' | 'kept' | 'none';

function turnOf(wanted: WantedConnection, endpoint: Endpoint, isClosedByFile: boolean, reopen: boolean): Turn {
  const status = endpoint?.status ?? 'unconfigured';
  if (status === 'unconfigured' && !isClosedByFile && !reopen) return 'kept';
  if (wanted.status === 'inactive') return status === 'active' ? 'close' : 'none';
  if (status === 'active') return 'none';
  return isClosedByFile || reopen ? 'open' : 'kept';
}

/** Whether the record says at the end that the file keeps the URL closed. */
const isClosedAtEnd = (wanted: WantedConnection, turn: Turn, isClosedByFile: boolean): boolean =>
  wanted.status === 'inactive' && (turn === 'close' || isClosedByFile);

/** The settings that differ from what is in force. Null restores a default. */
function settingsChange(provider: string, wanted: NamedSettings, endpoint: NonNullable<Endpoint>) {
  const target = settingsInForce({ provider, settings: wanted });
  const names = Object.keys(target) as (keyof NamedSettings)[];
  const differing = names.filter((name) => !isSame(target[name], endpoint[name]));
  return {
    change: Object.fromEntries(differing.map((name) => [name, wanted[name] ?? null])) as SettingsChange,
    differences: differing.map((field): Difference => ({ field, from: endpoint[field], to: target[field] })),
  };
}

/** What the token needs. */
type TokenTurn = 'create' | 'replace' | 'none';

function tokenTurnOf(
  { token }: WantedConnection,
  endpoint: Endpoint,
  known: string | undefined,
  isOpening: boolean,
): TokenTurn {
  const hasToken = endpoint !== null && endpoint.tokens.length > 0;
  if (token === undefined || token === 'keep') return 'none';
  const isChanged = token !== known;
  if (!hasToken) return isChanged || isOpening ? 'create' : 'none';
  if (!isChanged) return 'none';
  // A token that is live already, whoever made it, is as good as a generated one: nobody would tell the sender another one.
  const wasOther = known !== undefined && known !== 'keep';
  return token !== 'generate' || wasOther ? 'replace' : 'none';
}

const routesTextOf = ({ mode, rules }: RoutesInForce): string =>
  canonicalText({ mode, rules: rules.map(({ id, when, transform, to }) => ({ id, when, transform, to })) });

function routesDiffer(
  routes: NonNullable<WantedConnection['routes']>,
  actual: ActualConnection | undefined,
  { madeDestinations }: ConnectionContext,
): boolean {
  if (routes.rules.some(({ to }) => madeDestinations.has(to))) return true;
  const inForce = actual?.routes ?? { mode: 'all', rules: [] };
  // Without rules there is no mode.
  if (routes.rules.length === 0 && inForce.rules.length === 0) return false;
  return routesTextOf(routes as RoutesInForce) !== routesTextOf(inForce);
}

const rulesText = ({ mode, rules }: RoutesInForce): string =>
  rules.length === 0
    ? 'none'
    : `${mode === 'first' ? 'the first of ' : ''}${rules.map(({ id, to }) => `${id} → ${to}`).join(', ')}`;

/** Why an endpoint could not be opened: nothing gives it a secret, and its sender makes none. */
function whyWithoutSecret(name: string, wanted: WantedConnection, endpoint: Endpoint, isOpening: boolean): string[] {
  const settings = changedSettings({}, settingsIn(wanted));
  const { secretFrom } = guardOf({ provider: wanted.provider, settings });
  const hasToken = endpoint !== null && endpoint.tokens.length > 0;
  const isGiven = wanted.token !== undefined && wanted.token !== 'keep';
  if (!isOpening || hasToken || isGiven || secretFrom !== 'operator') return [];
  return [
    `The connection ${name} is to be active and has no token: add token: generate, or say where it comes from, such as token: env:NAME.`,
  ];
}

/** Whether the plan leaves it without an endpoint, as an operator did. */
const isLeftAlone = ({ turn, endpoint }: Case): boolean => turn === 'kept' && endpoint === null;

/** Why no secret can be generated: with one of ours, every delivery of such a sender would be refused. */
function whyNotGenerated(found: Case): string[] {
  const { name, wanted, tokenTurn } = found;
  if (wanted.token !== 'generate' || tokenTurn !== 'create' || isLeftAlone(found)) return [];
  const configured = { provider: wanted.provider, settings: changedSettings({}, settingsIn(wanted)) };
  const { auth } = settingsInForce(configured);
  const scheme = 'scheme' in auth ? schemeOf(wanted.provider, auth.scheme) : undefined;
  const needsNone = scheme !== undefined && !needsSecret(scheme);
  const isOfKeyPair = scheme !== undefined && keyFormOf(scheme) === undefined;
  if (needsNone || (secretMakerOf(configured) === 'operator' && !isOfKeyPair)) return [];
  return [
    `The sender of the connection ${name} makes the secret itself: say where it is, such as token: env:NAME. Or leave token out, until the sender shows or sends it.`,
  ];
}

/** Why the file can't have it like this; nothing if it can. */
function refusalsOf(
  name: string,
  wanted: WantedConnection,
  actual: ActualConnection | undefined,
  file: string,
): string[] {
  if (!actual) return [];
  const why = whyNotOurs('connection', actual.view, file, wanted.adopt);
  if (why !== undefined) return [why];
  return actual.view.provider === wanted.provider
    ? []
    : [
        `The connection ${name} has the provider ${actual.view.provider}, and the file says ${wanted.provider}. A connection can't change it: choose another name.`,
      ];
}

function keptOf(name: string, endpoint: Endpoint, turn: Turn, reopen: boolean): Kept[] {
  const isHeld = endpoint?.held === true && !reopen;
  return [
    ...(turn === 'kept' ? [{ kind: 'connection', name, why: endpoint ? 'deactivated' : 'deconfigured' } as const] : []),
    ...(isHeld ? [{ kind: 'connection', name, why: 'held' } as const] : []),
  ];
}

/** All that is known of a connection that the file may have. */
interface Case {
  name: string;
  wanted: WantedConnection;
  actual: ActualConnection | undefined;
  /** What the file said of it before. Absent if it did not manage it. */
  before: FileManager | undefined;
  endpoint: Endpoint;
  isClosedByFile: boolean;
  turn: Turn;
  tokenTurn: TokenTurn;
  /** What the record says first, with the token, and in the end. */
  first: FileManager;
  withToken: FileManager;
  atEnd: FileManager;
  context: ConnectionContext;
}

function caseOf(
  name: string,
  wanted: WantedConnection,
  actual: ActualConnection | undefined,
  context: ConnectionContext,
): Case {
  const { file, reopen } = context;
  const before = actual && fileManagerOf(actual.view);
  const endpoint = actual?.view.endpoint ?? null;
  // What was never open is, like what the file closed, the file's to open.
  const isNew = actual === undefined || (before === undefined && endpoint?.status === 'configured');
  const isClosedByFile = isNew || before?.closed === true;
  const turn = turnOf(wanted, endpoint, isClosedByFile, reopen);
  const tokenTurn = tokenTurnOf(wanted, endpoint, before?.tokenRef, turn === 'open' || endpoint === null);
  const adopted = before ? before.adopted : actual && (true as const);
  const said = { kind: 'file', name: file, adopted, tokenRef: undefined } as const;
  const closed = isClosedByFile ? (true as const) : undefined;
  const first = before ?? managerOf({ ...said, closed });
  const tokenRef = wanted.token;
  const isClosedThen = isClosedAtEnd(wanted, turn, isClosedByFile);
  return {
    ...{ name, wanted, actual, before, endpoint, isClosedByFile, turn, tokenTurn, first, context },
    withToken: tokenTurn === 'none' ? first : managerOf({ ...said, tokenRef, closed }),
    atEnd: managerOf({ ...said, tokenRef, closed: isClosedThen ? true : undefined }),
  };
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

function addBeginning(draft: Draft, { wanted, actual, before, first, context }: Case): void {
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
function addSettings(draft: Draft, { wanted, endpoint, tokenTurn, withToken }: Case): boolean {
  const named = changedSettings({}, settingsIn(wanted));
  if (!endpoint) {
    draft.add({ verb: 'configure', settings: named }, ...Object.entries(named).map(([field, to]) => ({ field, to })));
    return false;
  }
  const { change, differences } = settingsChange(wanted.provider, named, endpoint);
  if (differences.length === 0) return false;
  const isAtOnce = change.auth !== undefined && tokenTurn === 'replace';
  const value = isAtOnce && { reference: wanted.token as string, managedBy: withToken };
  draft.add({ verb: 'configure', settings: change, ...value }, ...differences);
  return isAtOnce;
}

function addToken(draft: Draft, { wanted, before, tokenTurn, withToken }: Case, isDone: boolean): void {
  if (tokenTurn === 'none') return;
  const known = before?.tokenRef;
  draft.differences.push(difference('token', known === wanted.token ? undefined : known, wanted.token));
  const verb = tokenTurn === 'create' ? 'createToken' : 'replaceToken';
  if (!isDone) draft.add({ verb, reference: wanted.token as string, managedBy: withToken });
}

function addRoutes(draft: Draft, { wanted, actual, context }: Case): void {
  const { routes } = wanted;
  if (routes === undefined || !routesDiffer(routes, actual, context)) return;
  const from = actual?.routes && rulesText(actual.routes);
  draft.add({ verb: 'setRoutes', routes }, difference('routes', from, rulesText(routes as RoutesInForce)));
}

const managerText = ({ name, closed }: FileManager): string => (closed ? `${name}, closed by it` : name);

/** What the record says otherwise than the file: where the token comes from, or that the file keeps the URL closed. */
const noteDifference = (before: FileManager, atEnd: FileManager): Difference =>
  before.tokenRef === atEnd.tokenRef
    ? difference('managedBy', managerText(before), managerText(atEnd))
    : difference('token', before.tokenRef, atEnd.tokenRef ?? 'none');

/** Opens or closes the URL, and says in the same write for whom. Without that, the record is told what the file says. */
function addEnding(draft: Draft, { wanted, before, endpoint, turn, withToken, atEnd, context }: Case): void {
  if (turn === 'open' || turn === 'close') {
    const verb = turn === 'open' ? 'activate' : 'deactivate';
    draft.add({ verb, managedBy: atEnd }, difference('status', endpoint?.status, wanted.status));
  } else if (!isSame(withToken, atEnd)) {
    // A new manager or token is told already.
    draft.add({ verb: 'manage', managedBy: atEnd }, ...(withToken === before ? [noteDifference(before, atEnd)] : []));
  }
  if (context.reopen && endpoint?.held) draft.add({ verb: 'release' }, difference('held', true, false));
}

function planOf(
  { name, actual, before, endpoint, turn, context }: Case,
  { steps, differences }: Draft,
): ConnectionPlan {
  const kept = keptOf(name, endpoint, turn, context.reopen);
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
  const refusals = refusalsOf(name, wanted, actual, context.file);
  if (refusals.length > 0) return { kept: [], refused: refusals };
  const found = caseOf(name, wanted, actual, context);
  const refused = [...whyWithoutSecret(name, wanted, found.endpoint, found.turn === 'open'), ...whyNotGenerated(found)];
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

/** Plans a connection of the file that it names no longer: one that it made is deleted, one that it adopted is detached. */
export function planRemoval({ view }: ActualConnection): Omit<ConnectionPlan, 'refused'> {
  const { name, version, endpoint } = view;
  const manager = fileManagerOf(view);
  const common = { kind: 'connection' as const, name, differences: [], version };
  if (manager?.adopted)
    return { item: { ...common, action: 'detach', steps: [{ verb: 'manage', managedBy: null }] }, kept: [] };
  // The held events would never be published.
  if (endpoint?.held) return { kept: [{ kind: 'connection', name, why: 'unreleased' }] };
  const steps: ConnectionStep[] = [
    // If it is interrupted and the file names it again, the file can open it again.
    ...(manager && endpoint?.status === 'active'
      ? [{ verb: 'deactivate', managedBy: { ...manager, closed: true } } as const]
      : []),
    ...(endpoint && endpoint.tokens.length > 0 ? [{ verb: 'removeToken' } as const] : []),
    ...(endpoint ? [{ verb: 'deconfigure' } as const] : []),
    { verb: 'delete' },
  ];
  return { item: { ...common, action: 'delete', steps }, kept: [] };
}

/**
 * The life of an endpoint. `lifecycle` is the one place that knows which verb is allowed when and where it leads; the
 * API, the command line, the console and the documentation derive from it.
 */
import * as z from 'zod/mini';
import type { Auth, Guard, Way } from './auth.ts';
import { handshakeStateSchema, withHandshake } from './handshake-state.ts';
import type { TestMark } from './self-test.ts';
import type { NamedSettings, SettingsChange } from './settings.ts';
import { isOpen, type Window } from './window.ts';

export const statuses = ['unconfigured', 'configured', 'active', 'inactive'] as const;
export type Status = (typeof statuses)[number];

/** What an operator can do to a connection and its endpoint; reading aside, of which only `revealToken` is recorded. */
export const verbs = [
  'edit',
  'delete',
  'configure',
  'generateToken',
  'revealToken',
  'rotateToken',
  'changeAuth',
  'endGrace',
  'removeToken',
  'activate',
  'deactivate',
  'hold',
  'release',
  'openHandshake',
  'confirmHandshake',
  'closeHandshake',
  'test',
  'deconfigure',
] as const;
export type Verb = (typeof verbs)[number];

/** What a rule can ask of an endpoint. */
type Condition =
  | 'hasToken'
  | 'hasNoToken'
  | 'hasGrace'
  | 'isReady'
  | 'isHeld'
  | 'isNotHeld'
  | 'takesSecret'
  | 'hasDelivered'
  | 'hasHandshake';

/** Why a verb is refused; the `code` of the 409. */
export type Refusal =
  | 'action_not_allowed'
  | 'token_exists'
  | 'token_required'
  | 'rotation_in_progress'
  | 'held'
  | 'nothing_delivered'
  | 'window_closed'
  | 'superseded';

/**
 * `same`: answered with the unchanged record, so that a pipeline may repeat it. `never`: refused.
 * Else the status it leads to, `when` a condition holds; when it does not, `or` says what happens.
 */
type Rule = 'same' | 'never' | { to: Status; when?: Condition; or?: 'same' | Refusal };

type Row = Record<Verb, Rule>;

/** A status of an endpoint that there is: what is the same in all of them, and what is its own. */
const inLife = (
  status: 'configured' | 'active' | 'inactive',
  own: Pick<Row, 'removeToken' | 'activate' | 'deactivate' | 'openHandshake' | 'test' | 'deconfigure'>,
): Row => ({
  edit: { to: status },
  delete: 'never',
  configure: { to: status },
  generateToken: { to: status, when: 'hasNoToken', or: 'token_exists' },
  revealToken: { to: status, when: 'hasToken', or: 'token_required' },
  rotateToken: { to: status, when: 'hasToken', or: 'token_required' },
  // With new values; without them it is a matter of configure.
  changeAuth: { to: status, when: 'hasToken', or: 'token_required' },
  endGrace: { to: status, when: 'hasGrace', or: 'same' },
  // Beside the status, and untouched by whatever changes it.
  hold: { to: status, when: 'isNotHeld', or: 'same' },
  release: { to: status, when: 'isHeld', or: 'same' },
  confirmHandshake: { to: status, when: 'hasDelivered', or: 'nothing_delivered' },
  closeHandshake: { to: status, when: 'hasHandshake', or: 'same' },
  ...own,
});

// The marks let a bundle leave the table out that asks nothing of it, as the one that judges senders does.
export const lifecycle = {
  unconfigured: {
    edit: { to: 'unconfigured' },
    delete: { to: 'unconfigured' },
    configure: { to: 'configured' },
    generateToken: 'never',
    revealToken: 'never',
    rotateToken: 'never',
    changeAuth: 'never',
    endGrace: 'never',
    removeToken: 'never',
    activate: 'never',
    deactivate: 'never',
    hold: 'never',
    release: 'never',
    openHandshake: 'never',
    confirmHandshake: 'never',
    closeHandshake: 'never',
    test: 'never',
    deconfigure: 'same',
  },
  // Never active since it was configured: it has no URL yet.
  configured: /* @__PURE__ */ inLife('configured', {
    removeToken: { to: 'configured', when: 'hasToken', or: 'same' },
    activate: { to: 'active', when: 'isReady', or: 'token_required' },
    deactivate: 'same',
    openHandshake: 'never',
    test: 'never',
    deconfigure: { to: 'unconfigured', when: 'hasNoToken', or: 'token_exists' },
  }),
  active: /* @__PURE__ */ inLife('active', {
    // An endpoint that lost its token must not stay open, whatever it accepts.
    removeToken: { to: 'inactive' },
    activate: 'same',
    deactivate: { to: 'inactive' },
    // Only an active endpoint hears its sender.
    openHandshake: { to: 'active', when: 'takesSecret' },
    test: { to: 'active' },
    deconfigure: 'never',
  }),
  inactive: /* @__PURE__ */ inLife('inactive', {
    removeToken: { to: 'inactive', when: 'hasToken', or: 'same' },
    activate: { to: 'active', when: 'isReady', or: 'token_required' },
    deactivate: 'same',
    openHandshake: 'never',
    test: 'never',
    deconfigure: { to: 'unconfigured', when: 'hasNoToken', or: 'token_exists' },
  }),
} as const satisfies Record<Status, Row>;

const time = z.iso.datetime();

/** A token as the record knows it: its id is the version id of its value in Secrets Manager, and never the value. */
export const tokenSchema = z.object({
  id: z.string(),
  createdAt: time,
  createdBy: z.string(),
  /** Only of a previous token: the end of its grace. */
  expiresAt: z.optional(time),
});

/** A token as the record keeps it, with what only the judging of deliveries is to know. */
const keptTokenSchema = z.object({
  ...tokenSchema.shape,
  /** Only of a previous token that a change of auth left: the way that it is accepted by. Others go by the present one. */
  under: z.optional(z.custom<Way>()),
});
export type Token = z.infer<typeof keptTokenSchema>;

/** A secret that is being written; the record notes it before the value is put, so that no crash can leave it unnamed. */
export const pendingSchema = z.object({ secret: z.string(), tokenId: z.string(), since: time });
export type Pending = z.infer<typeof pendingSchema>;

/** While an endpoint is held, what it accepts is stored and not published. */
export const holdSchema = z.object({ id: z.string(), since: time });
export type Hold = z.infer<typeof holdSchema>;

/** The endpoint as the State table keeps it. */
export const endpointSchema = z.object({
  id: z.string(),
  status: z.enum(['configured', 'active', 'inactive']),
  // What operators named was parsed when they did, and nobody else writes here.
  settings: z.custom<NamedSettings>(),
  guard: z.custom<Guard>(),
  /** ARN of the secret in Secrets Manager whose versions are the tokens. */
  secret: z.optional(z.string()),
  /** The current token first, then, during a grace, the previous one. */
  tokens: z.array(keptTokenSchema),
  pending: z.optional(pendingSchema),
  hold: z.optional(holdSchema),
  handshake: z.optional(handshakeStateSchema),
  /** The last test, which may run still. */
  test: z.optional(z.custom<TestMark>()),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** The form of an endpoint id: 128 random bits, base64url. */
export const endpointIdForm = /^[0-9A-Za-z_-]{22}$/;

/** Whether a token is accepted at this time. */
export const isLive = (token: Token, now: Date): boolean =>
  token.expiresAt === undefined || now.getTime() < Date.parse(token.expiresAt);

/** Whether a rotation's grace is running. */
export const hasGrace = (endpoint: Endpoint | null, now: Date): boolean =>
  endpoint?.tokens.slice(1).some((token) => isLive(token, now)) ?? false;

const conditions: Record<Condition, (endpoint: Endpoint | null, now: Date) => boolean> = {
  hasToken: (endpoint) => (endpoint?.tokens.length ?? 0) > 0,
  hasNoToken: (endpoint) => (endpoint?.tokens.length ?? 0) === 0,
  hasGrace,
  // Some senders make the secret only once they have the URL, or publish the key that they sign with.
  isReady: (endpoint) => !!endpoint && (endpoint.tokens.length > 0 || endpoint.guard.secretFrom !== 'operator'),
  isHeld: (endpoint) => endpoint?.hold !== undefined,
  isNotHeld: (endpoint) => endpoint?.hold === undefined,
  takesSecret: (endpoint) => endpoint?.guard.secretFrom === 'handshake',
  hasDelivered: (endpoint) => endpoint?.handshake?.delivered !== undefined,
  hasHandshake: (endpoint, now) =>
    endpoint?.handshake?.delivered !== undefined || isOpen(endpoint?.handshake?.window, now),
};

export const statusOf = (endpoint: Endpoint | null): Status => endpoint?.status ?? 'unconfigured';

/** What the table says to a verb: where it leads, that nothing changes, or why it is refused. */
export function ruling(
  endpoint: Endpoint | null,
  verb: Verb,
  now: Date,
): { to: Status } | 'same' | { refused: Refusal } {
  const rule: Rule = lifecycle[statusOf(endpoint)][verb];
  if (rule === 'same') return 'same';
  if (rule === 'never') return { refused: 'action_not_allowed' };
  if (rule.when === undefined || conditions[rule.when](endpoint, now)) return { to: rule.to };
  return rule.or === 'same' ? 'same' : { refused: rule.or ?? 'action_not_allowed' };
}

/** `connection_admin` may do everything; `flow_designer` reads, never sees a token and changes no endpoint. */
export const roles = ['connection_admin', 'flow_designer'] as const;
export type Role = (typeof roles)[number];

/** The verbs with which this role can change something here now; those that would only answer `same` are not among them. */
export function allowedActions(endpoint: Endpoint | null, role: Role, now: Date): Verb[] {
  if (role !== 'connection_admin') return [];
  return verbs.filter((verb) => {
    const said = ruling(endpoint, verb, now);
    return said !== 'same' && 'to' in said;
  });
}

/** A verb with what it needs. Random values come from the caller, so that `transition` stays pure. */
export type Command =
  /** A verify token only where the sender asks for one; an endpoint that has one keeps it. */
  | ({ verb: 'configure'; endpointId: string; basis?: string; verifyToken?: string } & Resetting)
  /** With the id of a window it is the sender who delivers the value, and the window ends with it. */
  | { verb: 'generateToken'; step: 'begin'; pending: Pending; basis?: string; windowId?: string }
  | { verb: 'generateToken'; step: 'finish'; tokenId: string; secret: string }
  /** What began long ago and never finished: after this it can not. */
  | { verb: 'generateToken'; step: 'abandon'; tokenId: string }
  | {
      verb: 'rotateToken' | 'changeAuth';
      step: 'begin';
      pending: Pending;
      force: boolean;
      basis?: string;
      windowId?: string;
    }
  | ({ verb: 'rotateToken'; step: 'finish' } & Renewal)
  | ({ verb: 'changeAuth'; step: 'finish'; authOf: (settings: NamedSettings) => Auth } & Renewal & Resetting)
  /** What the sender delivered is put, and waits for an operator: nothing is live by it. */
  | { verb: 'rotateToken'; step: 'deliver'; tokenId: string; sourceIp: string; force: true }
  | { verb: 'openHandshake'; window: Window }
  | { verb: 'confirmHandshake'; graceSeconds: number; force: boolean }
  | { verb: 'hold'; holdId: string }
  | { verb: 'test'; mark: TestMark }
  | { verb: 'deconfigure'; discardHeld: boolean }
  | { verb: 'revealToken' | 'endGrace' | 'removeToken' | 'activate' | 'deactivate' | 'release' | 'closeHandshake' };

/** A change of settings, and what the authorizer has to know of the settings that it leads to. */
interface Resetting {
  settings: SettingsChange;
  guardOf: (settings: NamedSettings) => Guard;
}

/** A new version beside the one that is there. */
interface Renewal {
  tokenId: string;
  graceSeconds: number;
  /** Whether a grace that is running may be ended by it. */
  force: boolean;
}

/**
 * What new values are made by, and what a change of auth is checked against, as text: which tokens there are, and how
 * deliveries are proved. A command that names its basis is overtaken where it is another one by then.
 */
export const basisOf = (endpoint: Endpoint | null): string =>
  JSON.stringify([endpoint?.settings.auth ?? null, endpoint?.tokens.map(({ id }) => id) ?? []]);

/** Who does it, and when. */
export interface Actor {
  by: string;
  now: Date;
}

/** One line of a connection's history: kept on the record that it made, and copied from there. */
export const entrySchema = z.object({
  verb: z.enum(['create', ...verbs]),
  /** The first of the two writes of a verb that makes a secret, that there will be no second, or that it waits for an operator; nothing is live yet. */
  step: z.optional(z.enum(['begin', 'abandon', 'deliver'])),
  by: z.string(),
  at: time,
  from: z.enum(statuses),
  to: z.enum(statuses),
  /** Only of `hold` and `release`: the hold's id, and when it began. What was held is published by what its release says. */
  hold: z.optional(z.string()),
  heldSince: z.optional(time),
});
export type Entry = z.infer<typeof entrySchema>;

/** What came of a command. `endpoint: null` is an unconfigured one. */
export type Outcome =
  | { kind: 'changed'; endpoint: Endpoint | null; entry: Entry }
  | { kind: 'same' }
  | { kind: 'refused'; code: Refusal };

function withSettings(endpoint: Endpoint, { settings: change, guardOf }: Resetting): Endpoint {
  const merged = { ...endpoint.settings, ...change };
  // An absent setting is the default one, so that a better default reaches every endpoint that did not choose.
  const settings: NamedSettings = Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && value !== undefined),
  );
  return { ...endpoint, settings, guard: guardOf(settings) };
}

function withToken(endpoint: Endpoint, token: Token, previous: Token[], secret: string): Endpoint {
  const { pending: _, ...rest } = endpoint;
  return { ...rest, secret, tokens: [token, ...previous] };
}

/** Makes a version live. @param under the way that the one before it stays accepted by, where it is not the present one */
function renewed(endpoint: Endpoint, { tokenId, graceSeconds }: Renewal, actor: Actor, under?: Way): Endpoint {
  const [current] = endpoint.tokens;
  const expiresAt = new Date(actor.now.getTime() + graceSeconds * 1000).toISOString();
  const previous = current && graceSeconds > 0 ? [{ ...current, expiresAt, ...(under && { under }) }] : [];
  return withToken(endpoint, newToken(tokenId, actor), previous, endpoint.secret ?? '');
}

/** Another auth and the values that are for it, live in one; what was live is so by the way that it was accepted by. */
function authChanged(endpoint: Endpoint, command: ChangeAuth, actor: Actor): Endpoint {
  const wayOf = ({ settings }: Endpoint): Way => ({
    guard: command.guardOf(settings),
    auth: command.authOf(settings),
  });
  const next = withSettings(endpoint, command);
  const earlier = wayOf(endpoint);
  const isSame = JSON.stringify(earlier) === JSON.stringify(wayOf(next));
  return renewed(next, command, actor, isSame ? undefined : earlier);
}

type ChangeAuth = Extract<Command, { verb: 'changeAuth'; step: 'finish' }>;

/** Settings alone. A value that is being made, or waits, for another auth must not become live after it. */
function configured(endpoint: Endpoint, command: Resetting & { verifyToken?: string }): Endpoint {
  const set = withSettings(endpoint, command);
  const { verifyToken } = command;
  const next = verifyToken && !set.handshake?.verifyToken ? withHandshake(set, { verifyToken }) : set;
  return basisOf(next) === basisOf(endpoint) ? next : withHandshake(withoutPending(next), { delivered: undefined });
}

const newToken = (id: string, { by, now }: Actor): Token => ({ id, createdAt: now.toISOString(), createdBy: by });

const withoutPending = ({ pending: _, ...endpoint }: Endpoint): Endpoint => endpoint;

function withoutTokens({ pending: _, secret: __, ...endpoint }: Endpoint): Endpoint {
  return withHandshake({ ...endpoint, tokens: [] }, { delivered: undefined });
}

/** A begin. It takes the place of what was delivered before, and a window is there for one delivery. */
function begun(endpoint: Endpoint, { pending, windowId }: { pending: Pending; windowId?: string }): Endpoint {
  const window = windowId === undefined ? {} : { window: undefined };
  return withHandshake({ ...endpoint, pending }, { delivered: undefined, ...window });
}

function withDelivered(endpoint: Endpoint, tokenId: string, sourceIp: string, { now }: Actor): Endpoint {
  return withHandshake(withoutPending(endpoint), { delivered: { tokenId, at: now.toISOString(), sourceIp } });
}

function confirmed(endpoint: Endpoint, command: Omit<Renewal, 'tokenId'>, actor: Actor): Endpoint {
  const tokenId = endpoint.handshake?.delivered?.tokenId ?? '';
  return withHandshake(renewed(endpoint, { ...command, tokenId }, actor), { delivered: undefined });
}

function withoutHold({ hold: _, ...endpoint }: Endpoint): Endpoint {
  return endpoint;
}

/** What a verb does to an endpoint, its status aside. */
function effect(endpoint: Endpoint, command: Command, actor: Actor): Endpoint {
  switch (command.verb) {
    case 'configure':
      return configured(endpoint, command);
    case 'generateToken':
      if (command.step === 'begin') return begun(endpoint, command);
      if (command.step === 'abandon') return withoutPending(endpoint);
      return withToken(endpoint, newToken(command.tokenId, actor), [], command.secret);
    case 'rotateToken':
      if (command.step === 'begin') return begun(endpoint, command);
      if (command.step === 'deliver') return withDelivered(endpoint, command.tokenId, command.sourceIp, actor);
      return renewed(endpoint, command, actor);
    case 'changeAuth':
      return command.step === 'begin' ? begun(endpoint, command) : authChanged(endpoint, command, actor);
    case 'openHandshake':
      return withHandshake(endpoint, { window: command.window });
    case 'confirmHandshake':
      return confirmed(endpoint, command, actor);
    case 'closeHandshake':
      return withHandshake(endpoint, { window: undefined, delivered: undefined });
    case 'endGrace':
      return { ...endpoint, tokens: endpoint.tokens.slice(0, 1) };
    case 'removeToken':
      return withoutTokens(endpoint);
    case 'hold':
      return { ...endpoint, hold: holdOf(command.holdId, actor) };
    case 'release':
      return withoutHold(endpoint);
    case 'test':
      return { ...endpoint, test: command.mark };
    default:
      return endpoint;
  }
}

/**
 * A finish whose begin was overtaken by another operator's verb must not make its value live; nor may what was made for,
 * or checked against, something that is no longer there.
 */
function isOvertaken(endpoint: Endpoint | null, command: Command): boolean {
  if ('basis' in command && command.basis !== undefined && command.basis !== basisOf(endpoint)) return true;
  return 'step' in command && command.step !== 'begin' && endpoint?.pending?.tokenId !== command.tokenId;
}

/** A sender may deliver its secret while the window is open that it came in, once, and only to an endpoint that hears it. */
function isOutside(endpoint: Endpoint | null, command: Command, now: Date): boolean {
  if (!('windowId' in command)) return false;
  const { window } = endpoint?.handshake ?? {};
  return endpoint?.status !== 'active' || window?.id !== command.windowId || !isOpen(window, now);
}

const isUnchanged = (one: Endpoint | null, other: Endpoint): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Applies a verb to an endpoint. Pure: reads no clock and writes nothing.
 * @returns the next endpoint with its line of history, `same` where nothing is to be written, or why it is refused
 */
export function transition(endpoint: Endpoint | null, command: Command, actor: Actor): Outcome {
  const said = ruling(endpoint, command.verb, actor.now);
  if (said === 'same') return { kind: 'same' };
  if ('refused' in said) return { kind: 'refused', code: said.refused };
  if (isOvertaken(endpoint, command)) return { kind: 'refused', code: 'superseded' };
  if (isOutside(endpoint, command, actor.now)) return { kind: 'refused', code: 'window_closed' };
  // Whatever adds a version to those that live would end the grace of another.
  if ('force' in command && !command.force && hasGrace(endpoint, actor.now))
    return { kind: 'refused', code: 'rotation_in_progress' };
  // What is held would stay unpublished for ever.
  if (command.verb === 'deconfigure' && !command.discardHeld && endpoint?.hold)
    return { kind: 'refused', code: 'held' };
  const entry = entryOf(endpoint, command, actor, said.to);
  if (said.to === 'unconfigured') return { kind: 'changed', endpoint: null, entry };
  const next = { ...effect(endpoint ?? newEndpoint(command), command, actor), status: said.to };
  if (command.verb === 'configure' && isUnchanged(endpoint, next)) return { kind: 'same' };
  return { kind: 'changed', endpoint: next, entry };
}

const holdOf = (holdId: string, { now }: Actor): Hold => ({ id: holdId, since: now.toISOString() });

function entryOf(endpoint: Endpoint | null, command: Command, actor: Actor, to: Status): Entry {
  const step = 'step' in command && command.step !== 'finish' ? { step: command.step } : {};
  const held = command.verb === 'hold' ? holdOf(command.holdId, actor) : endpoint?.hold;
  return {
    verb: command.verb,
    ...step,
    by: actor.by,
    at: actor.now.toISOString(),
    from: statusOf(endpoint),
    to,
    ...((command.verb === 'hold' || command.verb === 'release') && held
      ? { hold: held.id, heldSince: held.since }
      : {}),
  };
}

function newEndpoint(command: Command): Endpoint {
  if (command.verb !== 'configure') throw new Error(`${command.verb} needs an endpoint`);
  return { id: command.endpointId, status: 'configured', settings: {}, guard: command.guardOf({}), tokens: [] };
}

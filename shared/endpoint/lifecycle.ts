/**
 * The life of an endpoint. `lifecycle` is the one place that knows which verb is allowed when and where it leads; the
 * API, the command line, the console and the documentation derive from it.
 */
import { type Endpoint, hasGrace, isByCertificate } from './endpoint-record.ts';
import { isWindowOpen } from './handshake-window.ts';

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
type LifecycleCondition =
  | 'hasToken'
  | 'hasNoToken'
  | 'hasProof'
  | 'hasGrace'
  | 'isReady'
  | 'isHeld'
  | 'isNotHeld'
  | 'takesSecret'
  | 'hasDelivered'
  | 'hasHandshake';

/** Why a verb is refused; the `code` of the 409. */
export type ConflictCode =
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
type LifecycleRule = 'same' | 'never' | { to: Status; when?: LifecycleCondition; or?: 'same' | ConflictCode };

type LifecycleRow = Record<Verb, LifecycleRule>;

/** A status of an endpoint that there is: what is the same in all of them, and what is its own. */
const rowOf = (
  status: 'configured' | 'active' | 'inactive',
  own: Pick<LifecycleRow, 'removeToken' | 'activate' | 'deactivate' | 'openHandshake' | 'test' | 'deconfigure'>,
): LifecycleRow => ({
  edit: { to: status },
  delete: 'never',
  configure: { to: status },
  generateToken: { to: status, when: 'hasNoToken', or: 'token_exists' },
  revealToken: { to: status, when: 'hasToken', or: 'token_required' },
  rotateToken: { to: status, when: 'hasToken', or: 'token_required' },
  // With new values; without them it is a matter of configure.
  changeAuth: { to: status, when: 'hasProof', or: 'token_required' },
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
  configured: /* @__PURE__ */ rowOf('configured', {
    removeToken: { to: 'configured', when: 'hasToken', or: 'same' },
    activate: { to: 'active', when: 'isReady', or: 'token_required' },
    deactivate: 'same',
    openHandshake: 'never',
    test: 'never',
    deconfigure: { to: 'unconfigured', when: 'hasNoToken', or: 'token_exists' },
  }),
  active: /* @__PURE__ */ rowOf('active', {
    // An endpoint that lost its token must not stay open, whatever it accepts.
    removeToken: { to: 'inactive' },
    activate: 'same',
    deactivate: { to: 'inactive' },
    // Only an active endpoint hears its sender.
    openHandshake: { to: 'active', when: 'takesSecret' },
    test: { to: 'active' },
    deconfigure: 'never',
  }),
  inactive: /* @__PURE__ */ rowOf('inactive', {
    removeToken: { to: 'inactive', when: 'hasToken', or: 'same' },
    activate: { to: 'active', when: 'isReady', or: 'token_required' },
    deactivate: 'same',
    openHandshake: 'never',
    test: 'never',
    deconfigure: { to: 'unconfigured', when: 'hasNoToken', or: 'token_exists' },
  }),
} as const satisfies Record<Status, LifecycleRow>;

const conditions: Record<LifecycleCondition, (endpoint: Endpoint | null, now: Date) => boolean> = {
  hasToken: (endpoint) => (endpoint?.tokens.length ?? 0) > 0,
  hasNoToken: (endpoint) => (endpoint?.tokens.length ?? 0) === 0,
  // What a delivery can be proved by now, and so until the grace of a change ends.
  hasProof: (endpoint) => !!endpoint && (endpoint.tokens.length > 0 || isByCertificate(endpoint.guard)),
  hasGrace,
  // Some senders make the secret only once they have the URL, or publish the key that they sign with.
  isReady: (endpoint) => !!endpoint && (endpoint.tokens.length > 0 || endpoint.guard.secretFrom !== 'operator'),
  isHeld: (endpoint) => endpoint?.hold !== undefined,
  isNotHeld: (endpoint) => endpoint?.hold === undefined,
  takesSecret: (endpoint) => endpoint?.guard.secretFrom === 'handshake',
  hasDelivered: (endpoint) => endpoint?.handshake?.delivered !== undefined,
  hasHandshake: (endpoint, now) =>
    endpoint?.handshake?.delivered !== undefined || isWindowOpen(endpoint?.handshake?.window, now),
};

export const statusOf = (endpoint: Endpoint | null): Status => endpoint?.status ?? 'unconfigured';

/** What the table says to a verb: where it leads, that nothing changes, or why it is refused. */
export function resolveVerb(
  endpoint: Endpoint | null,
  verb: Verb,
  now: Date,
): { to: Status } | 'same' | { refused: ConflictCode } {
  const rule: LifecycleRule = lifecycle[statusOf(endpoint)][verb];
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
    const said = resolveVerb(endpoint, verb, now);
    return said !== 'same' && 'to' in said;
  });
}

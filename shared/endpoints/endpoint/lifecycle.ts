/**
 * The lifecycle of an endpoint. Only the table `lifecycle` says which verb is allowed in which status, and which status
 * it leads to. The API, the command line, the console and the documentation derive from it.
 */
import type { Role } from '../../ground/base/actor.ts';
import { type Endpoint, hasGrace, isByCertificate } from './endpoint-record.ts';
import { isWindowOpen } from './handshake-window.ts';

export const statuses = ['unconfigured', 'configured', 'active', 'inactive'] as const;
export type Status = (typeof statuses)[number];

/**
 * The actions of an operator on a connection and its endpoint. Reads are not verbs, except `revealToken`, which is
 * recorded.
 */
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

/** A condition of a rule. */
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

/** The reason why a verb is refused. The `code` of the refusal. */
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
 * `same`: nothing changes, and the answer is the unchanged record, so a pipeline may repeat the verb. `never`: refused.
 * Otherwise the verb leads to the status `to` if the condition `when` is met. If not, `or` says what happens.
 */
type LifecycleRule = 'same' | 'never' | { to: Status; when?: LifecycleCondition; or?: 'same' | ConflictCode };

type LifecycleRow = Record<Verb, LifecycleRule>;

/**
 * The row of a status in which there is an endpoint. `own` contains the rules in which these statuses differ. The other
 * rules are the same for all of them.
 */
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
  // This verb changes auth together with new values. Without new values, `configure` changes auth.
  changeAuth: { to: status, when: 'hasProof', or: 'token_required' },
  endGrace: { to: status, when: 'hasGrace', or: 'same' },
  // A hold is independent of the status.
  hold: { to: status, when: 'isNotHeld', or: 'same' },
  release: { to: status, when: 'isHeld', or: 'same' },
  confirmHandshake: { to: status, when: 'hasDelivered', or: 'nothing_delivered' },
  closeHandshake: { to: status, when: 'hasHandshake', or: 'same' },
  ...own,
});

// The PURE annotations drop this table from bundles that don't use it, such as the authorizer's.
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
  // Never active since it was configured, so it has no URL yet.
  configured: /* @__PURE__ */ rowOf('configured', {
    removeToken: { to: 'configured', when: 'hasToken', or: 'same' },
    activate: { to: 'active', when: 'isReady', or: 'token_required' },
    deactivate: 'same',
    openHandshake: 'never',
    test: 'never',
    deconfigure: { to: 'unconfigured', when: 'hasNoToken', or: 'token_exists' },
  }),
  active: /* @__PURE__ */ rowOf('active', {
    // An endpoint whose token is removed must not stay active, even if its auth needs no token.
    removeToken: { to: 'inactive' },
    activate: 'same',
    deactivate: { to: 'inactive' },
    // Only an active endpoint receives its sender's handshake.
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

const conditions: Record<LifecycleCondition, (endpoint: Endpoint, now: Date) => boolean> = {
  hasToken: ({ tokens }) => tokens.length > 0,
  hasNoToken: ({ tokens }) => tokens.length === 0,
  // A token or a certificate verifies arrivals now. After a change of auth, it stays accepted until the grace ends.
  hasProof: ({ tokens, guard }) => tokens.length > 0 || isByCertificate(guard),
  hasGrace,
  // An endpoint needs no value yet if its sender makes the secret after it has the URL, or publishes a certificate.
  isReady: ({ tokens, guard }) => tokens.length > 0 || guard.secretFrom !== 'operator',
  isHeld: ({ hold }) => hold !== undefined,
  isNotHeld: ({ hold }) => hold === undefined,
  takesSecret: ({ guard }) => guard.secretFrom === 'handshake',
  hasDelivered: ({ handshake }) => handshake?.delivered !== undefined,
  hasHandshake: ({ handshake }, now) => handshake?.delivered !== undefined || isWindowOpen(handshake?.window, now),
};

export const statusOf = (endpoint: Endpoint | null): Status => endpoint?.status ?? 'unconfigured';

/** Looks up a verb: the status it leads to, `same` if nothing changes, or why it is refused. */
export function resolveVerb(
  endpoint: Endpoint | null,
  verb: Verb,
  now: Date,
): { to: Status } | 'same' | { refused: ConflictCode } {
  const rule: LifecycleRule = lifecycle[statusOf(endpoint)][verb];
  if (rule === 'same') return 'same';
  if (rule === 'never') return { refused: 'action_not_allowed' };
  if (rule.when === undefined || (endpoint && conditions[rule.when](endpoint, now))) return { to: rule.to };
  return rule.or === 'same' ? 'same' : { refused: rule.or ?? 'action_not_allowed' };
}

/** The verbs with which this role can change something now. Excludes verbs whose result would be `same`. */
export function allowedActions(endpoint: Endpoint | null, role: Role, now: Date): Verb[] {
  if (role !== 'connection_admin') return [];
  return verbs.filter((verb) => {
    const result = resolveVerb(endpoint, verb, now);
    return result !== 'same' && 'to' in result;
  });
}

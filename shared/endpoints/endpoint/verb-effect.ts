/** The effect of each verb on an endpoint, except on its status. Called by `transition.ts` once the verb is allowed. */

import type { Author } from '../../ground/base/actor.ts';
import { type Placement, placementName } from '../credential/token-placement.ts';
import type { AuthPolicy, Guard } from '../settings/auth.ts';
import { changedSettings } from '../settings/settings.ts';
import { holdsUnder, isProofDifferent, withBearerDigests } from './bearer-digest.ts';
import { basisOf, type Command, type LiveHolds, type NewVersion, type SettingsUpdate } from './command.ts';
import type { Endpoint, Hold, Holds, Pending, Token } from './endpoint-record.ts';
import { withHandshake } from './handshake-state.ts';

function withSettings(endpoint: Endpoint, { settings: change, guardOf }: SettingsUpdate): Endpoint {
  const settings = changedSettings(endpoint.settings, change);
  const guard = guardOf(settings);
  const { formerly: _, ...rest } = endpoint;
  const formerly = formerPlacements(endpoint, guard);
  return { ...rest, settings, guard, ...(formerly.length > 0 && { formerly }) };
}

/** The most former placements that a record keeps. The oldest is dropped first. */
const maxFormerPlacements = 8;

/** Placements that accepted a live token before, and no longer accept a token. */
function formerPlacements({ guard, tokens, formerly = [] }: Endpoint, next: Guard): Placement[] {
  const before = tokens.length === 0 ? formerly : [...formerly, ...guard.accept];
  const places = new Map(before.map((placement) => [placementName(placement), placement]));
  for (const placement of next.accept) places.delete(placementName(placement));
  return [...places.values()].slice(-maxFormerPlacements);
}

function withLiveToken(endpoint: Endpoint, token: Token, previous: Token[], secret: string): Endpoint {
  return { ...withoutStoredPending(endpoint), secret, tokens: [token, ...previous] };
}

/** The endpoint after its pending value was stored. Closes the window in which the sender delivered it. */
function withoutStoredPending(endpoint: Endpoint): Endpoint {
  const { pending, ...rest } = endpoint;
  const { window } = endpoint.handshake ?? {};
  return window && window.id === pending?.windowId ? withHandshake(rest, { window: undefined }) : rest;
}

/**
 * Makes a version live.
 * @param under the policy that accepts the previous version, if the current policy does not
 */
function withNewVersion(
  endpoint: Endpoint,
  { tokenId, graceSeconds, holds }: NewVersion,
  author: Author,
  under?: AuthPolicy,
): Endpoint {
  const [current] = endpoint.tokens;
  const expiresAt = new Date(author.now.getTime() + graceSeconds * 1000).toISOString();
  const previous = current && graceSeconds > 0 ? [{ ...current, expiresAt, ...(under && { under }) }] : [];
  return withLiveToken(endpoint, newToken(tokenId, holds, endpoint, author), previous, endpoint.secret ?? '');
}

/** Changes auth and makes its new value live at once. In a grace, the earlier policy still accepts the previous version. */
function withChangedAuth(endpoint: Endpoint, command: ChangeAuth, author: Author): Endpoint {
  const policyOf = ({ settings }: Endpoint): AuthPolicy => ({
    guard: command.guardOf(settings),
    auth: command.authOf(settings),
  });
  const next = withSettings(endpoint, command);
  const earlier = policyOf(endpoint);
  const isSame = JSON.stringify(earlier) === JSON.stringify(policyOf(next));
  const { standIn } = command;
  const before = standIn
    ? { ...next, secret: standIn.secret, tokens: [newToken(standIn.tokenId, 'secret', endpoint, author)] }
    : next;
  return withNewVersion(before, command, author, isSame ? undefined : earlier);
}

type ChangeAuth = Extract<Command, { verb: 'changeAuth'; step: 'finish' }>;

/** Updates how each version is used under the new guard. Versions with their own policy stay unchanged. */
function withHolds(next: Endpoint, before: Endpoint, held: LiveHolds | undefined): Endpoint {
  if (!held && !isProofDifferent(before.guard, next.guard)) return next;
  const tokens = next.tokens.map((token) => {
    const holds = holdsUnder(held?.[token.id] ?? token.holds, next.guard);
    return token.under ? token : { ...token, holds };
  });
  return { ...next, tokens };
}

/**
 * Changes settings. Drops pending and delivered values if the basis changes, because they were made for another auth.
 */
function withConfiguration(
  endpoint: Endpoint,
  command: SettingsUpdate & { verifyToken?: string; held?: LiveHolds },
): Endpoint {
  const set = withHolds(withSettings(endpoint, command), endpoint, command.held);
  const { verifyToken } = command;
  const next = verifyToken && !set.handshake?.verifyToken ? withHandshake(set, { verifyToken }) : set;
  return basisOf(next) === basisOf(endpoint) ? next : withHandshake(withoutPending(next), { delivered: undefined });
}

const newToken = (id: string, holds: Holds, { guard }: Endpoint, { by, now }: Author): Token => ({
  id,
  createdAt: now.toISOString(),
  createdBy: by,
  holds: holdsUnder(holds, guard),
});

const withoutPending = ({ pending: _, ...endpoint }: Endpoint): Endpoint => endpoint;

function withoutLiveTokens({ pending: _, secret: __, ...endpoint }: Endpoint): Endpoint {
  return withHandshake({ ...endpoint, tokens: [] }, { delivered: undefined });
}

/**
 * Begins a new value, and drops a delivered value that waits. Keeps the window, so that the sender can try again after
 * a crash.
 */
function withPending(endpoint: Endpoint, { pending, windowId }: { pending: Pending; windowId?: string }): Endpoint {
  const marked = windowId === undefined ? pending : { ...pending, windowId };
  return withHandshake({ ...endpoint, pending: marked }, { delivered: undefined });
}

function withDelivered(endpoint: Endpoint, tokenId: string, sourceIp: string, { now }: Author): Endpoint {
  return withHandshake(withoutStoredPending(endpoint), { delivered: { tokenId, at: now.toISOString(), sourceIp } });
}

function withConfirmedSecret(
  endpoint: Endpoint,
  command: Omit<NewVersion, 'tokenId' | 'holds'>,
  author: Author,
): Endpoint {
  const tokenId = endpoint.handshake?.delivered?.tokenId ?? '';
  // A sender that delivers a secret signs with it.
  const made = { ...command, tokenId, holds: 'secret' } as const;
  return withHandshake(withNewVersion(endpoint, made, author), { delivered: undefined });
}

function withoutHold({ hold: _, ...endpoint }: Endpoint): Endpoint {
  return endpoint;
}

/** The hold that an author begins now. */
export const holdOf = (holdId: string, { now }: Author): Hold => ({ id: holdId, since: now.toISOString() });

/** Applies a verb to an endpoint. Leaves the status unchanged. */
export function applyVerb(endpoint: Endpoint, command: Command, author: Author): Endpoint {
  switch (command.verb) {
    case 'configure':
      return withConfiguration(endpoint, command);
    case 'generateToken':
      if (command.step === 'begin') return withPending(endpoint, command);
      if (command.step === 'abandon') return withoutPending(endpoint);
      return withLiveToken(endpoint, newToken(command.tokenId, command.holds, endpoint, author), [], command.secret);
    case 'rotateToken':
      if (command.step === 'begin') return withPending(endpoint, command);
      if (command.step === 'deliver') return withDelivered(endpoint, command.tokenId, command.sourceIp, author);
      return withNewVersion(endpoint, command, author);
    case 'changeAuth':
      return command.step === 'begin' ? withPending(endpoint, command) : withChangedAuth(endpoint, command, author);
    case 'openHandshake':
      return withHandshake(endpoint, { window: command.window });
    case 'confirmHandshake':
      return withConfirmedSecret(endpoint, command, author);
    case 'closeHandshake':
      return withHandshake(endpoint, { window: undefined, delivered: undefined });
    case 'endGrace':
      return { ...endpoint, tokens: endpoint.tokens.slice(0, 1) };
    case 'removeToken':
      return withoutLiveTokens(endpoint);
    case 'hold':
      return { ...endpoint, hold: holdOf(command.holdId, author) };
    case 'release':
      return withoutHold(endpoint);
    case 'test':
      return { ...endpoint, ...(command.mark && { test: command.mark }) };
    default:
      return endpoint;
  }
}

/** Adds the command's digests to the record. The same write makes the command's values live, or ends them. */
export function withRememberedBearers(endpoint: Endpoint, command: Command): Endpoint {
  const digests = ('bearers' in command && command.bearers) || [];
  return digests.length === 0 ? endpoint : { ...endpoint, bearers: withBearerDigests(endpoint.bearers ?? [], digests) };
}

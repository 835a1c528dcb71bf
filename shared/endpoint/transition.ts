/** What a verb makes of an endpoint, where the table of `shared/endpoint/lifecycle.ts` allows it. */

import { type Placement, placementName } from '../credential/token-placement.ts';
import type { AuthPolicy, Guard } from '../settings/auth.ts';
import { changedSettings } from '../settings/settings.ts';
import { holdsOf, holdsUnder, isProofDifferent, withBearerDigests } from './bearer-digest.ts';
import { basisOf, type Command, type LiveHolds, type NewVersion, type SettingsUpdate } from './command.ts';
import { type Endpoint, type Hold, type Holds, hasGrace, type Pending, type Token } from './endpoint-record.ts';
import { withHandshake } from './handshake-state.ts';
import { isWindowOpen } from './handshake-window.ts';
import type { Actor, HistoryEntry } from './history-entry.ts';
import { type ConflictCode, resolveVerb, type Status, statusOf } from './lifecycle.ts';

/** What came of a command. `endpoint: null` is an unconfigured one. */
export type TransitionOutcome =
  | { kind: 'changed'; endpoint: Endpoint | null; entry: HistoryEntry }
  | { kind: 'same' }
  | { kind: 'refused'; code: ConflictCode };

function withSettings(endpoint: Endpoint, { settings: change, guardOf }: SettingsUpdate): Endpoint {
  const settings = changedSettings(endpoint.settings, change);
  const guard = guardOf(settings);
  const { formerly: _, ...rest } = endpoint;
  const formerly = formerPlacements(endpoint, guard);
  return { ...rest, settings, guard, ...(formerly.length > 0 && { formerly }) };
}

/** How many former placements a record keeps; the oldest one is forgotten first. */
const maxFormerPlacements = 8;

/** Where a token was accepted, by a version that lives, and no longer is. */
function formerPlacements({ guard, tokens, formerly = [] }: Endpoint, next: Guard): Placement[] {
  const before = tokens.length === 0 ? formerly : [...formerly, ...guard.accept];
  const places = new Map(before.map((placement) => [placementName(placement), placement]));
  for (const placement of next.accept) places.delete(placementName(placement));
  return [...places.values()].slice(-maxFormerPlacements);
}

function withLiveToken(endpoint: Endpoint, token: Token, previous: Token[], secret: string): Endpoint {
  return { ...withoutStoredPending(endpoint), secret, tokens: [token, ...previous] };
}

/** An endpoint whose pending value is stored. That ends the window in which a sender delivered it. */
function withoutStoredPending(endpoint: Endpoint): Endpoint {
  const { pending, ...rest } = endpoint;
  const { window } = endpoint.handshake ?? {};
  return window && window.id === pending?.windowId ? withHandshake(rest, { window: undefined }) : rest;
}

/** Makes a version live. @param under the way that the one before it stays accepted by, where it is not the present one */
function withNewVersion(
  endpoint: Endpoint,
  { tokenId, graceSeconds, holds }: NewVersion,
  actor: Actor,
  under?: AuthPolicy,
): Endpoint {
  const [current] = endpoint.tokens;
  const expiresAt = new Date(actor.now.getTime() + graceSeconds * 1000).toISOString();
  const previous = current && graceSeconds > 0 ? [{ ...current, expiresAt, ...(under && { under }) }] : [];
  return withLiveToken(endpoint, newToken(tokenId, holds, endpoint, actor), previous, endpoint.secret ?? '');
}

/** Another auth and the values that are for it, live in one; what was live is so by the way that it was accepted by. */
function withChangedAuth(endpoint: Endpoint, command: ChangeAuth, actor: Actor): Endpoint {
  const wayOf = ({ settings }: Endpoint): AuthPolicy => ({
    guard: command.guardOf(settings),
    auth: command.authOf(settings),
  });
  const next = withSettings(endpoint, command);
  const earlier = wayOf(endpoint);
  const isSame = JSON.stringify(earlier) === JSON.stringify(wayOf(next));
  const { standIn } = command;
  const before = standIn
    ? { ...next, secret: standIn.secret, tokens: [newToken(standIn.tokenId, 'secret', endpoint, actor)] }
    : next;
  return withNewVersion(before, command, actor, isSame ? undefined : earlier);
}

type ChangeAuth = Extract<Command, { verb: 'changeAuth'; step: 'finish' }>;

/** Says of each version that goes by the present way what it holds there. What it was before, it remains. */
function withHolds(next: Endpoint, before: Endpoint, held: LiveHolds | undefined): Endpoint {
  if (!held && !isProofDifferent(before.guard, next.guard)) return next;
  const tokens = next.tokens.map((token) => {
    const holds = holdsUnder(held?.[token.id] ?? holdsOf(token, before.guard), next.guard);
    return token.under ? token : { ...token, holds };
  });
  return { ...next, tokens };
}

/** Settings alone. A value that is being made, or waits, for another auth must not become live after it. */
function withConfiguration(
  endpoint: Endpoint,
  command: SettingsUpdate & { verifyToken?: string; held?: LiveHolds },
): Endpoint {
  const set = withHolds(withSettings(endpoint, command), endpoint, command.held);
  const { verifyToken } = command;
  const next = verifyToken && !set.handshake?.verifyToken ? withHandshake(set, { verifyToken }) : set;
  return basisOf(next) === basisOf(endpoint) ? next : withHandshake(withoutPending(next), { delivered: undefined });
}

const newToken = (id: string, holds: Holds, { guard }: Endpoint, { by, now }: Actor): Token => ({
  id,
  createdAt: now.toISOString(),
  createdBy: by,
  holds: holdsUnder(holds, guard),
});

const withoutPending = ({ pending: _, ...endpoint }: Endpoint): Endpoint => endpoint;

function withoutLiveTokens({ pending: _, secret: __, ...endpoint }: Endpoint): Endpoint {
  return withHandshake({ ...endpoint, tokens: [] }, { delivered: undefined });
}

/** A begin. It takes the place of what was delivered before. The window stays: after a crash the sender tries again in it. */
function withPending(endpoint: Endpoint, { pending, windowId }: { pending: Pending; windowId?: string }): Endpoint {
  const marked = windowId === undefined ? pending : { ...pending, windowId };
  return withHandshake({ ...endpoint, pending: marked }, { delivered: undefined });
}

function withDelivered(endpoint: Endpoint, tokenId: string, sourceIp: string, { now }: Actor): Endpoint {
  return withHandshake(withoutStoredPending(endpoint), { delivered: { tokenId, at: now.toISOString(), sourceIp } });
}

function withConfirmedSecret(
  endpoint: Endpoint,
  command: Omit<NewVersion, 'tokenId' | 'holds'>,
  actor: Actor,
): Endpoint {
  const tokenId = endpoint.handshake?.delivered?.tokenId ?? '';
  // A sender that delivers a secret signs with it.
  const made = { ...command, tokenId, holds: 'secret' } as const;
  return withHandshake(withNewVersion(endpoint, made, actor), { delivered: undefined });
}

function withoutHold({ hold: _, ...endpoint }: Endpoint): Endpoint {
  return endpoint;
}

/** What a verb does to an endpoint, its status aside. */
function applyVerb(endpoint: Endpoint, command: Command, actor: Actor): Endpoint {
  switch (command.verb) {
    case 'configure':
      return withConfiguration(endpoint, command);
    case 'generateToken':
      if (command.step === 'begin') return withPending(endpoint, command);
      if (command.step === 'abandon') return withoutPending(endpoint);
      return withLiveToken(endpoint, newToken(command.tokenId, command.holds, endpoint, actor), [], command.secret);
    case 'rotateToken':
      if (command.step === 'begin') return withPending(endpoint, command);
      if (command.step === 'deliver') return withDelivered(endpoint, command.tokenId, command.sourceIp, actor);
      return withNewVersion(endpoint, command, actor);
    case 'changeAuth':
      return command.step === 'begin' ? withPending(endpoint, command) : withChangedAuth(endpoint, command, actor);
    case 'openHandshake':
      return withHandshake(endpoint, { window: command.window });
    case 'confirmHandshake':
      return withConfirmedSecret(endpoint, command, actor);
    case 'closeHandshake':
      return withHandshake(endpoint, { window: undefined, delivered: undefined });
    case 'endGrace':
      return { ...endpoint, tokens: endpoint.tokens.slice(0, 1) };
    case 'removeToken':
      return withoutLiveTokens(endpoint);
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

/** The digests that a command brings are on the record from the write on that its values are live by, or no longer are. */
function withRememberedBearers(endpoint: Endpoint, command: Command): Endpoint {
  const digests = ('bearers' in command && command.bearers) || [];
  return digests.length === 0 ? endpoint : { ...endpoint, bearers: withBearerDigests(endpoint.bearers ?? [], digests) };
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
  const { status, guard, handshake: { window } = {} } = endpoint ?? {};
  if (status !== 'active' || guard?.secretFrom !== 'handshake') return true;
  return window?.id !== command.windowId || !isWindowOpen(window, now);
}

const isUnchanged = (one: Endpoint | null, other: Endpoint): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Applies a verb to an endpoint. Pure: reads no clock and writes nothing.
 * @returns the next endpoint with its line of history, `same` where nothing is to be written, or why it is refused
 */
export function transition(endpoint: Endpoint | null, command: Command, actor: Actor): TransitionOutcome {
  const said = resolveVerb(endpoint, command.verb, actor.now);
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
  const entry = historyEntryOf(endpoint, command, actor, said.to);
  if (said.to === 'unconfigured') return { kind: 'changed', endpoint: null, entry };
  const changed = applyVerb(endpoint ?? newEndpoint(command), command, actor);
  const next = { ...withRememberedBearers(changed, command), status: said.to };
  if (command.verb === 'configure' && isUnchanged(endpoint, next)) return { kind: 'same' };
  return { kind: 'changed', endpoint: next, entry };
}

const holdOf = (holdId: string, { now }: Actor): Hold => ({ id: holdId, since: now.toISOString() });

function historyEntryOf(endpoint: Endpoint | null, command: Command, actor: Actor, to: Status): HistoryEntry {
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

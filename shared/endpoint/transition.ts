/** What a verb makes of an endpoint, where the table of `shared/endpoint/lifecycle.ts` allows it. */

import { type Placement, placeOf } from '../credential/token-placement.ts';
import type { Guard, Way } from '../settings/auth.ts';
import { changed } from '../settings/settings.ts';
import { heldUnder, holdsOf, provesOtherwise, withBearerDigests } from './bearer-digest.ts';
import { basisOf, type Command, type LiveHolds, type NewVersion, type Resetting } from './command.ts';
import { type Endpoint, type Hold, type Holds, hasGrace, type Pending, type Token } from './endpoint-record.ts';
import { withHandshake } from './handshake-state.ts';
import { isWindowOpen } from './handshake-window.ts';
import type { Actor, HistoryEntry } from './history-entry.ts';
import { type ConflictCode, ruling, type Status, statusOf } from './lifecycle.ts';

/** What came of a command. `endpoint: null` is an unconfigured one. */
export type TransitionOutcome =
  | { kind: 'changed'; endpoint: Endpoint | null; entry: HistoryEntry }
  | { kind: 'same' }
  | { kind: 'refused'; code: ConflictCode };

function withSettings(endpoint: Endpoint, { settings: change, guardOf }: Resetting): Endpoint {
  const settings = changed(endpoint.settings, change);
  const guard = guardOf(settings);
  const { formerly: _, ...rest } = endpoint;
  const formerly = formerPlacements(endpoint, guard);
  return { ...rest, settings, guard, ...(formerly.length > 0 && { formerly }) };
}

/** How many former placements a record keeps; the oldest one is forgotten first. */
const mostFormer = 8;

/** Where a token was accepted, by a version that lives, and no longer is. */
function formerPlacements({ guard, tokens, formerly = [] }: Endpoint, next: Guard): Placement[] {
  const before = tokens.length === 0 ? formerly : [...formerly, ...guard.accept];
  const places = new Map(before.map((placement) => [placeOf(placement), placement]));
  for (const placement of next.accept) places.delete(placeOf(placement));
  return [...places.values()].slice(-mostFormer);
}

function withToken(endpoint: Endpoint, token: Token, previous: Token[], secret: string): Endpoint {
  return { ...stored(endpoint), secret, tokens: [token, ...previous] };
}

/** An endpoint whose pending value is stored. That ends the window in which a sender delivered it. */
function stored(endpoint: Endpoint): Endpoint {
  const { pending, ...rest } = endpoint;
  const { window } = endpoint.handshake ?? {};
  return window && window.id === pending?.windowId ? withHandshake(rest, { window: undefined }) : rest;
}

/** Makes a version live. @param under the way that the one before it stays accepted by, where it is not the present one */
function renewed(
  endpoint: Endpoint,
  { tokenId, graceSeconds, holds }: NewVersion,
  actor: Actor,
  under?: Way,
): Endpoint {
  const [current] = endpoint.tokens;
  const expiresAt = new Date(actor.now.getTime() + graceSeconds * 1000).toISOString();
  const previous = current && graceSeconds > 0 ? [{ ...current, expiresAt, ...(under && { under }) }] : [];
  return withToken(endpoint, newToken(tokenId, holds, endpoint, actor), previous, endpoint.secret ?? '');
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
  const { standIn } = command;
  const before = standIn
    ? { ...next, secret: standIn.secret, tokens: [newToken(standIn.tokenId, 'secret', endpoint, actor)] }
    : next;
  return renewed(before, command, actor, isSame ? undefined : earlier);
}

type ChangeAuth = Extract<Command, { verb: 'changeAuth'; step: 'finish' }>;

/** Says of each version that goes by the present way what it holds there. What it was before, it remains. */
function withHeld(next: Endpoint, before: Endpoint, held: LiveHolds | undefined): Endpoint {
  if (!held && !provesOtherwise(before.guard, next.guard)) return next;
  const tokens = next.tokens.map((token) => {
    const holds = heldUnder(held?.[token.id] ?? holdsOf(token, before.guard), next.guard);
    return token.under ? token : { ...token, holds };
  });
  return { ...next, tokens };
}

/** Settings alone. A value that is being made, or waits, for another auth must not become live after it. */
function configured(endpoint: Endpoint, command: Resetting & { verifyToken?: string; held?: LiveHolds }): Endpoint {
  const set = withHeld(withSettings(endpoint, command), endpoint, command.held);
  const { verifyToken } = command;
  const next = verifyToken && !set.handshake?.verifyToken ? withHandshake(set, { verifyToken }) : set;
  return basisOf(next) === basisOf(endpoint) ? next : withHandshake(withoutPending(next), { delivered: undefined });
}

const newToken = (id: string, holds: Holds, { guard }: Endpoint, { by, now }: Actor): Token => ({
  id,
  createdAt: now.toISOString(),
  createdBy: by,
  holds: heldUnder(holds, guard),
});

const withoutPending = ({ pending: _, ...endpoint }: Endpoint): Endpoint => endpoint;

function withoutTokens({ pending: _, secret: __, ...endpoint }: Endpoint): Endpoint {
  return withHandshake({ ...endpoint, tokens: [] }, { delivered: undefined });
}

/** A begin. It takes the place of what was delivered before. The window stays: after a crash the sender tries again in it. */
function begun(endpoint: Endpoint, { pending, windowId }: { pending: Pending; windowId?: string }): Endpoint {
  const marked = windowId === undefined ? pending : { ...pending, windowId };
  return withHandshake({ ...endpoint, pending: marked }, { delivered: undefined });
}

function withDelivered(endpoint: Endpoint, tokenId: string, sourceIp: string, { now }: Actor): Endpoint {
  return withHandshake(stored(endpoint), { delivered: { tokenId, at: now.toISOString(), sourceIp } });
}

function confirmed(endpoint: Endpoint, command: Omit<NewVersion, 'tokenId' | 'holds'>, actor: Actor): Endpoint {
  const tokenId = endpoint.handshake?.delivered?.tokenId ?? '';
  // A sender that delivers a secret signs with it.
  const made = { ...command, tokenId, holds: 'secret' } as const;
  return withHandshake(renewed(endpoint, made, actor), { delivered: undefined });
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
      return withToken(endpoint, newToken(command.tokenId, command.holds, endpoint, actor), [], command.secret);
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

/** The digests that a command brings are on the record from the write on that its values are live by, or no longer are. */
function withRemembered(endpoint: Endpoint, command: Command): Endpoint {
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
  const changed = effect(endpoint ?? newEndpoint(command), command, actor);
  const next = { ...withRemembered(changed, command), status: said.to };
  if (command.verb === 'configure' && isUnchanged(endpoint, next)) return { kind: 'same' };
  return { kind: 'changed', endpoint: next, entry };
}

const holdOf = (holdId: string, { now }: Actor): Hold => ({ id: holdId, since: now.toISOString() });

function entryOf(endpoint: Endpoint | null, command: Command, actor: Actor, to: Status): HistoryEntry {
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

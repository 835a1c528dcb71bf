/** Applies a verb to an endpoint, if the table in `lifecycle.ts` allows it. */
import type { Author } from '../../ground/base/actor.ts';
import { basisOf, type Command } from './command.ts';
import { type Endpoint, hasGrace } from './endpoint-record.ts';
import { isWindowOpen } from './handshake-window.ts';
import type { HistoryEntry } from './history-entry.ts';
import { type ConflictCode, resolveVerb, type Status, statusOf } from './lifecycle.ts';
import { applyVerb, holdOf, withRememberedBearers } from './verb-effect.ts';

/** The outcome of a command. `endpoint: null` means unconfigured. */
export type TransitionOutcome =
  | { kind: 'changed'; endpoint: Endpoint | null; entry: HistoryEntry }
  | { kind: 'same' }
  | { kind: 'refused'; code: ConflictCode };

/**
 * Whether another operator's verb came in between. If so, a `finish` must not make its value live, and a command whose
 * basis has changed must not be applied.
 */
function isSuperseded(endpoint: Endpoint | null, command: Command): boolean {
  if ('basis' in command && command.basis !== basisOf(endpoint)) return true;
  return 'step' in command && command.step !== 'begin' && endpoint?.pending?.tokenId !== command.tokenId;
}

/**
 * Whether a sender delivers its secret outside its open window, or to an endpoint that accepts no secret from its
 * sender.
 */
function isOutsideWindow(endpoint: Endpoint | null, command: Command, now: Date): boolean {
  if (!('windowId' in command)) return false;
  if (endpoint?.status !== 'active' || endpoint.guard.secretFrom !== 'handshake') return true;
  const window = endpoint.handshake?.window;
  return window?.id !== command.windowId || !isWindowOpen(window, now);
}

const isUnchanged = (one: Endpoint | null, other: Endpoint): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Applies a verb to an endpoint. Pure: reads no clock and writes nothing.
 * @returns the next endpoint with its history entry, `same` if nothing needs to be written, or why the verb is refused
 */
export function transition(endpoint: Endpoint | null, command: Command, author: Author): TransitionOutcome {
  const result = resolveVerb(endpoint, command.verb, author.now);
  if (result === 'same') return { kind: 'same' };
  if ('refused' in result) return { kind: 'refused', code: result.refused };
  if (isSuperseded(endpoint, command)) return { kind: 'refused', code: 'superseded' };
  if (isOutsideWindow(endpoint, command, author.now)) return { kind: 'refused', code: 'window_closed' };
  // A further live version would end the grace that is running for the previous version.
  if ('force' in command && !command.force && hasGrace(endpoint, author.now))
    return { kind: 'refused', code: 'rotation_in_progress' };
  // If a held endpoint were deconfigured, its held events would never be published.
  if (command.verb === 'deconfigure' && !command.discardHeld && endpoint?.hold)
    return { kind: 'refused', code: 'held' };
  const entry = historyEntryOf(endpoint, command, author, result.to);
  if (result.to === 'unconfigured') return { kind: 'changed', endpoint: null, entry };
  const changed = applyVerb(endpoint ?? newEndpoint(command), command, author);
  const next = { ...withRememberedBearers(changed, command), status: result.to };
  if (command.verb === 'configure' && isUnchanged(endpoint, next)) return { kind: 'same' };
  return { kind: 'changed', endpoint: next, entry: { ...entry, ...changedSettings(endpoint, next) } };
}

/** The names of the settings that differ. Absent if there are none. */
function changedSettings(before: Endpoint | null, { settings: after }: Endpoint): Pick<HistoryEntry, 'settings'> {
  const [was, is] = [before?.settings ?? {}, after].map((settings) => new Map(Object.entries(settings)));
  const names = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])];
  const changed = names.filter((name) => JSON.stringify(was?.get(name)) !== JSON.stringify(is?.get(name)));
  return changed.length > 0 ? { settings: changed.sort() } : {};
}

function historyEntryOf(endpoint: Endpoint | null, command: Command, author: Author, to: Status): HistoryEntry {
  const step = 'step' in command && command.step !== 'finish' ? { step: command.step } : {};
  const held = command.verb === 'hold' ? holdOf(command.holdId, author) : endpoint?.hold;
  return {
    verb: command.verb,
    ...step,
    by: author.by,
    at: author.now.toISOString(),
    from: statusOf(endpoint),
    to,
    ...(command.verb === 'test' && command.real && { real: command.real }),
    ...((command.verb === 'hold' || command.verb === 'release') && held
      ? { hold: held.id, heldSince: held.since }
      : {}),
  };
}

function newEndpoint(command: Command): Endpoint {
  if (command.verb !== 'configure') throw new Error(`${command.verb} needs an endpoint`);
  return { id: command.endpointId, status: 'configured', settings: {}, guard: command.guardOf({}), tokens: [] };
}

/** Commands to an endpoint: a verb with its input. */
import type { TestMark } from '../credential/self-test-mark.ts';
import type { Auth, Guard } from '../settings/auth.ts';
import type { NamedSettings, SettingsChange } from '../settings/settings.ts';
import type { Endpoint, Holds, Pending } from './endpoint-record.ts';
import type { HandshakeWindow } from './handshake-window.ts';
import type { Verb } from './lifecycle.ts';

/** A verb that takes input. The caller provides random values, so that `transition` stays pure. */
type CommandWithInput =
  /**
   * `verifyToken` is set only if the sender demands a verify token. An endpoint that already has a verify token keeps
   * it.
   */
  | ({
      verb: 'configure';
      endpointId: string;
      basis?: string;
      verifyToken?: string;
      held?: LiveHolds;
      bearers?: VersionUse['bearers'];
    } & SettingsUpdate)
  /** With a `windowId`, the sender delivers the value. The window closes once the value is stored. */
  | { verb: 'generateToken'; step: 'begin'; pending: Pending; basis?: string; windowId?: string }
  | ({ verb: 'generateToken'; step: 'finish'; tokenId: string; secret: string } & VersionUse)
  /** Ends a `begin` that never finished. A later `finish` with this `tokenId` is refused. */
  | { verb: 'generateToken'; step: 'abandon'; tokenId: string }
  | {
      verb: 'rotateToken' | 'changeAuth';
      step: 'begin';
      pending: Pending;
      force: boolean;
      basis?: string;
      windowId?: string;
    }
  | ({ verb: 'rotateToken'; step: 'finish' } & NewVersion)
  | ({
      verb: 'changeAuth';
      step: 'finish';
      authOf: (settings: NamedSettings) => Auth;
      standIn?: CertificateStandIn;
    } & NewVersion &
      SettingsUpdate)
  /** The value from the sender is stored and waits for an operator. The value is not live. */
  | { verb: 'rotateToken'; step: 'deliver'; tokenId: string; sourceIp: string; force: true }
  | { verb: 'openHandshake'; window: HandshakeWindow }
  | { verb: 'confirmHandshake'; graceSeconds: number; force: boolean }
  | { verb: 'hold'; holdId: string }
  /** Without a mark, a real arrival is sent. */
  | { verb: 'test'; mark?: TestMark; real?: true }
  | { verb: 'deconfigure'; discardHeld: boolean };

/** A verb with its input. `edit` and `delete` are about the connection, and so no commands to its endpoint. */
export type Command = CommandWithInput | { verb: Exclude<Verb, CommandWithInput['verb'] | 'edit' | 'delete'> };

/** A change of settings, with the function that computes the authorizer's guard from the new settings. */
export interface SettingsUpdate {
  settings: SettingsChange;
  guardOf: (settings: NamedSettings) => Guard;
}

/** The use of a new version. */
export interface VersionUse {
  holds: Holds;
  /** Digests of bearer tokens that the record must remember from this write on. */
  bearers?: readonly string[];
}

/** The use of each live version under the new settings, by version id. */
export type LiveHolds = Readonly<Record<string, Holds>>;

/** A new version that replaces the current one. */
export interface NewVersion extends VersionUse {
  tokenId: string;
  graceSeconds: number;
  /** Whether to end a running grace. */
  force: boolean;
}

/**
 * The first version of a new secret. This version is a placeholder for the certificate that verified arrivals before.
 * The record stores the earlier auth policy with a version, but no version belongs to a certificate. The value of this
 * version is never used.
 */
export interface CertificateStandIn {
  secret: string;
  tokenId: string;
}

/**
 * The state that new values and a change of auth depend on, as text: the endpoint's id, its auth and its token ids. The
 * provider is not part of it, because it can't change. A command with a basis is superseded if the endpoint's basis has
 * changed meanwhile.
 */
export const basisOf = (endpoint: Endpoint | null): string =>
  JSON.stringify([endpoint?.id ?? null, endpoint?.settings.auth ?? null, endpoint?.tokens.map(({ id }) => id) ?? []]);

/** What is asked of an endpoint: a verb, with all that it takes to perform it. */

import type { TestMark } from '../credential/self-test-mark.ts';
import type { Auth, Guard } from '../settings/auth.ts';
import type { NamedSettings, SettingsChange } from '../settings/settings.ts';
import type { Endpoint, Holds, Pending } from './endpoint-record.ts';
import type { HandshakeWindow } from './handshake-window.ts';

/** A verb with what it needs. Random values come from the caller, so that `transition` stays pure. */
export type Command =
  /** A verify token only where the sender asks for one; an endpoint that has one keeps it. */
  | ({
      verb: 'configure';
      endpointId: string;
      basis?: string;
      verifyToken?: string;
      held?: LiveHolds;
    } & BearersToRemember &
      SettingsUpdate)
  /** With the id of a window it is the sender who delivers the value, and the window ends once it is stored. */
  | { verb: 'generateToken'; step: 'begin'; pending: Pending; basis?: string; windowId?: string }
  | ({ verb: 'generateToken'; step: 'finish'; tokenId: string; secret: string } & VersionUse)
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
  | ({ verb: 'rotateToken'; step: 'finish' } & NewVersion)
  | ({
      verb: 'changeAuth';
      step: 'finish';
      authOf: (settings: NamedSettings) => Auth;
      standIn?: CertificateStandIn;
    } & NewVersion &
      SettingsUpdate)
  /** What the sender delivered is put, and waits for an operator: nothing is live by it. */
  | { verb: 'rotateToken'; step: 'deliver'; tokenId: string; sourceIp: string; force: true }
  | { verb: 'openHandshake'; window: HandshakeWindow }
  | ({ verb: 'confirmHandshake'; graceSeconds: number; force: boolean } & BearersToRemember)
  | { verb: 'hold'; holdId: string }
  | { verb: 'test'; mark: TestMark }
  | { verb: 'deconfigure'; discardHeld: boolean }
  | ({ verb: 'endGrace' | 'removeToken' } & BearersToRemember)
  | { verb: 'revealToken' | 'activate' | 'deactivate' | 'release' | 'closeHandshake' };

/** A change of settings, and what the authorizer has to know of the settings that it leads to. */
export interface SettingsUpdate {
  settings: SettingsChange;
  guardOf: (settings: NamedSettings) => Guard;
}

/** Digests of the bearer tokens that the record has to remember from this write on. */
interface BearersToRemember {
  bearers?: readonly string[];
}

/** What a new version holds, and the bearer tokens to remember. */
export interface VersionUse extends BearersToRemember {
  holds: Holds;
}

/** What the live versions hold by other settings, by their ids. */
export type LiveHolds = Readonly<Record<string, Holds>>;

/** A new version beside the one that is there. */
export interface NewVersion extends VersionUse {
  tokenId: string;
  graceSeconds: number;
  /** Whether a grace that is running may be ended by it. */
  force: boolean;
}

/**
 * The first version of a new secret. It stands for a certificate that proved deliveries without any value here, because
 * the record keeps the way before a change of auth with a version. Nothing is ever proved by its value.
 */
export interface CertificateStandIn {
  secret: string;
  tokenId: string;
}

/**
 * What new values are made by, and what a change of auth is checked against, as text: the endpoint, which
 * has one provider all its life, which tokens there are, and how deliveries are proved. A command that names its basis is
 * overtaken where it is another one by then.
 */
export const basisOf = (endpoint: Endpoint | null): string =>
  JSON.stringify([endpoint?.id ?? null, endpoint?.settings.auth ?? null, endpoint?.tokens.map(({ id }) => id) ?? []]);

/** The settings in force: what the operator named, else what the provider's preset says, else the default. */

import type { Placement } from '../credential/token-placement.ts';
import type { Preset } from '../provider/preset.ts';
import { presetOf } from '../provider/presets.ts';
import type { Auth, Guard, NamedAuth, SchemeChoice } from '../settings/auth.ts';
import type { NamedSettings, Settings } from '../settings/settings.ts';
import { minRetentionDays, needsSecret, type ReplayGuard, replayGuardOf } from '../signature/certificate-scheme.ts';
import type { Scheme } from '../signature/scheme.ts';
import type { Connection } from './connection.ts';

/** Where a token is accepted if neither operator nor provider say. */
const defaultAccept: readonly Placement[] = [
  { in: 'header', name: 'authorization', scheme: 'Bearer' },
  { in: 'query', name: 'token' },
];

const defaults = {
  answer: null,
  dedupe: { by: 'none' },
  allowFrom: null,
  methods: ['POST', 'PUT', 'PATCH'],
  retentionDays: 30,
  secretFrom: 'operator',
  alerts: null,
  split: false,
  type: null,
} as const satisfies Partial<Settings>;

export type SettingsInForce = Omit<Settings, 'auth'> & { auth: Auth };

/** What is set of a connection: its provider, and what its endpoint's settings name. */
export interface ProviderSettings {
  provider: string;
  settings: NamedSettings;
}

function authOf(named: NamedAuth | undefined, provider: string, preset: Preset): Auth {
  const { kind = preset.kind } = named ?? {};
  const accept = (named && 'accept' in named && named.accept) || preset.accept || defaultAccept;
  const scheme = (named && 'scheme' in named && named.scheme) || provider;
  if (kind === 'token') return { kind, accept };
  return kind === 'signature' ? { kind, scheme } : { kind, accept, scheme };
}

/** Settings by which every signed id is remembered until its signature is no longer accepted, if there must be a guard. */
export function withReplayGuard<S extends Pick<Settings, 'dedupe' | 'retentionDays'>>(
  settings: S,
  replayGuard: ReplayGuard | undefined,
): S {
  if (!replayGuard) return settings;
  const retentionDays = Math.max(settings.retentionDays, minRetentionDays(replayGuard));
  return { ...settings, dedupe: { by: 'header', name: replayGuard.header }, retentionDays };
}

function replayGuardIn(provider: string, auth: Auth): ReplayGuard | undefined {
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  return scheme && replayGuardOf(scheme);
}

/** Every setting of an endpoint. */
export function settingsInForce({ provider, settings }: ProviderSettings): SettingsInForce {
  const preset = presetOf(provider);
  const { dedupe = defaults.dedupe, answer = null, secretFrom = defaults.secretFrom } = preset;
  const auth = authOf(settings.auth, provider, preset);
  const byDefault = { ...defaults, methods: [...defaults.methods], dedupe, answer, secretFrom };
  return withReplayGuard(Object.assign(byDefault, settings, { auth }), replayGuardIn(provider, auth));
}

/** What a replay guard does not allow of the settings that were named, and what to do instead. */
export function objectionsOfReplayGuard({ provider, settings }: ProviderSettings): { path: string; message: string }[] {
  const inForce = settingsInForce({ provider, settings });
  const replayGuard = replayGuardIn(provider, inForce.auth);
  if (!replayGuard) return [];
  const { header, days } = replayGuard;
  const isSame = JSON.stringify(settings.dedupe ?? inForce.dedupe) === JSON.stringify(inForce.dedupe);
  const isLong = (settings.retentionDays ?? inForce.retentionDays) >= inForce.retentionDays;
  const dedupe = `must be the header ${header}: the signature proves a checksum of the body alone, so each signed id is accepted with one body. Leave it out, or say null`;
  const retentionDays = `must be at least ${inForce.retentionDays}: a signature counts for ${days} days, and its id has to be remembered for longer. Say more, or a smaller toleranceDays in auth.scheme`;
  return [
    ...(isSame ? [] : [{ path: 'dedupe', message: dedupe }]),
    ...(isLong ? [] : [{ path: 'retentionDays', message: retentionDays }]),
  ];
}

/** Every setting of a connection's endpoint, as if it named none where there is no endpoint. */
export const settingsOf = ({ provider, endpoint }: Pick<Connection, 'provider' | 'endpoint'>): SettingsInForce =>
  settingsInForce({ provider, settings: endpoint?.settings ?? {} });

/** The scheme that is chosen; undefined where the provider has none of this name. */
export function schemeOf(provider: string, choice: SchemeChoice): Scheme | undefined {
  if (typeof choice === 'object') return choice;
  const { scheme, older = {} } = presetOf(provider);
  if (choice === provider) return scheme;
  return Object.hasOwn(older, choice) ? older[choice] : undefined;
}

export type SecretMaker = Settings['secretFrom'];

/**
 * Who makes the secret. A token in the place of a sender's own signature is ours to make, unless the endpoint's settings
 * say that the sender dictates it.
 */
export function secretMakerOf(configured: ProviderSettings): SecretMaker {
  const { auth, secretFrom } = settingsInForce(configured);
  return auth.kind === 'token' ? (configured.settings.secretFrom ?? defaults.secretFrom) : secretFrom;
}

/** What the authorizer has to know of these settings. */
export function guardOf(configured: ProviderSettings): Guard {
  const { auth, secretFrom } = settingsInForce(configured);
  const scheme = 'scheme' in auth ? schemeOf(configured.provider, auth.scheme) : undefined;
  const handshakes = presetOf(configured.provider).handshakes?.filter(({ proof }) => proof !== 'delivery') ?? [];
  return {
    kind: auth.kind,
    accept: 'accept' in auth ? auth.accept : [],
    secretFrom: scheme && !needsSecret(scheme) ? 'nobody' : secretFrom,
    handshakes: [...new Set(handshakes.map(({ method }) => method))],
  };
}

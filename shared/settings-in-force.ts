/** The settings in force: what the operator named, else what the provider's preset says, else the default. */
import type { Auth, Guard, NamedAuth, SchemeChoice } from './auth.ts';
import type { Connection } from './connection.ts';
import type { Placement } from './placement.ts';
import type { Preset } from './provider/preset.ts';
import { presetOf } from './provider/presets.ts';
import type { NamedSettings, Settings } from './settings.ts';
import { needsSecret } from './signature/certificate-scheme.ts';
import type { Scheme } from './signature/scheme.ts';

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

export type InForce = Omit<Settings, 'auth'> & { auth: Auth };

/** What is set of a connection: its provider, and what its endpoint's settings name. */
export interface Configured {
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

/** Every setting of an endpoint. */
export function settingsInForce({ provider, settings }: Configured): InForce {
  const preset = presetOf(provider);
  const { dedupe = defaults.dedupe, answer = null, secretFrom = defaults.secretFrom } = preset;
  return Object.assign({ ...defaults, methods: [...defaults.methods], dedupe, answer, secretFrom }, settings, {
    auth: authOf(settings.auth, provider, preset),
  });
}

/** Every setting of a connection's endpoint, as if it named none where there is no endpoint. */
export const settingsOf = ({ provider, endpoint }: Pick<Connection, 'provider' | 'endpoint'>): InForce =>
  settingsInForce({ provider, settings: endpoint?.settings ?? {} });

/** The scheme that is chosen; undefined where the provider has none of this name. */
export function schemeOf(provider: string, choice: SchemeChoice): Scheme | undefined {
  if (typeof choice === 'object') return choice;
  const { scheme, older = {} } = presetOf(provider);
  if (choice === provider) return scheme;
  return Object.hasOwn(older, choice) ? older[choice] : undefined;
}

/** What the authorizer has to know of these settings. */
export function guardOf(configured: Configured): Guard {
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

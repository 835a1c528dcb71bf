/** Why a file can't have a connection like this: one sentence for each reason. Pure. */
import { hasToken } from '../../endpoints/endpoint/declared-endpoint.ts';
import { guardOf, schemeOf, secretMakerOf, settingsInForce } from '../../endpoints/endpoint/settings-in-force.ts';
import { changedSettings } from '../../endpoints/settings/settings.ts';
import { needsSecret } from '../../endpoints/signature/certificate-scheme.ts';
import { keyFormOf } from '../../endpoints/signature/scheme-check.ts';
import { type ConnectionCase, isLeftAlone } from './connection-case.ts';
import { settingsIn, type WantedConnection } from './manifest.ts';
import { whyNotOurs } from './plan.ts';

/** The connection is another one's, or has another provider. */
function whyNotThis({ name, wanted, actual, context }: ConnectionCase): string[] {
  if (!actual) return [];
  const why = whyNotOurs('connection', actual.view, context.file, wanted.adopt);
  if (why !== undefined) return [why];
  if (actual.view.provider === wanted.provider) return [];
  return [
    `The connection ${name} has the provider ${actual.view.provider}, and the file says ${wanted.provider}. A connection can't change it: choose another name.`,
  ];
}

const configured = (wanted: WantedConnection) => ({
  provider: wanted.provider,
  settings: changedSettings({}, settingsIn(wanted)),
});

/** The endpoint could not be opened: nothing gives it a secret, and its sender makes none. */
function whyWithoutSecret({ name, wanted, endpoint, status }: ConnectionCase): string[] {
  const { secretFrom } = guardOf(configured(wanted));
  const isGiven = wanted.token !== undefined && wanted.token !== 'keep';
  if (status !== 'open' || hasToken(endpoint) || isGiven || secretFrom !== 'operator') return [];
  return [
    `The connection ${name} is to be active and has no token: add token: generate, or say where it comes from, such as token: env:NAME.`,
  ];
}

/** No secret can be generated: with one of ours, every delivery of such a sender would be refused. */
function whyNotGenerated(found: ConnectionCase): string[] {
  const { name, wanted, token } = found;
  if (wanted.token !== 'generate' || token !== 'create' || isLeftAlone(found)) return [];
  const { auth } = settingsInForce(configured(wanted));
  const scheme = 'scheme' in auth ? schemeOf(wanted.provider, auth.scheme) : undefined;
  const needsNone = scheme !== undefined && !needsSecret(scheme);
  const isOfKeyPair = scheme !== undefined && keyFormOf(scheme) === undefined;
  if (needsNone || (secretMakerOf(configured(wanted)) === 'operator' && !isOfKeyPair)) return [];
  return [
    `The sender of the connection ${name} makes the secret itself: say where it is, such as token: env:NAME. Or leave token out, until the sender shows or sends it.`,
  ];
}

export function connectionRefusals(found: ConnectionCase): string[] {
  const others = whyNotThis(found);
  return others.length > 0 ? others : [...whyWithoutSecret(found), ...whyNotGenerated(found)];
}

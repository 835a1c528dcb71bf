/** Writes what is there as a file would say it, so that the file can adopt it. Pure. No secret is in it. */

import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import type { ConnectionView } from '../../endpoints/endpoint/connection-view.ts';
import { settingsInForce } from '../../endpoints/endpoint/settings-in-force.ts';
import type { NamedSettings } from '../../endpoints/settings/settings.ts';
import { isSameContent } from './canonical-text.ts';
import type { ActualConnection } from './connection-case.ts';
import { destinationDefaults } from './plan-destination.ts';

/** The settings that differ from the provider's. Another auth can have other defaults. */
function namedSettings({ provider, endpoint }: ConnectionView): object {
  if (!endpoint) return {};
  const { auth } = settingsInForce({ provider, settings: {} });
  const withAuth = (!isSameContent(auth, endpoint.auth) ? { auth: endpoint.auth } : {}) as NamedSettings;
  const defaults = settingsInForce({ provider, settings: withAuth });
  const names = Object.keys(defaults) as (keyof NamedSettings)[];
  const others = names
    .filter((name) => !isSameContent(defaults[name], endpoint[name]))
    .map((name) => [name, endpoint[name]]);
  return { ...withAuth, ...Object.fromEntries(others) };
}

function connectionOf({ view, routes }: ActualConnection): object {
  const { provider, description, endpoint } = view;
  return {
    adopt: true,
    ...(provider !== 'generic' && { provider }),
    ...(description !== '' && { description }),
    ...(endpoint && endpoint.tokens.length > 0 && { token: 'keep' }),
    status: endpoint?.status === 'active' ? 'active' : 'inactive',
    ...namedSettings(view),
    // Without rules there is no mode. An empty list says that there are to be none; without it, the file would leave them to operators.
    ...(routes && { routes: routes.rules.length > 0 ? { mode: routes.mode, rules: routes.rules } : { rules: [] } }),
  };
}

/** The URL, the headers and the credentials are not shown, and stay the operators'. */
function destinationOf(view: DestinationView): object {
  const defaults = destinationDefaults();
  const shown = Object.entries(defaults).flatMap(([name, usual]) => {
    const value = view[name as keyof DestinationView] ?? null;
    return !isSameContent(value, usual) ? [[name, value]] : [];
  });
  return { adopt: true, ...Object.fromEntries(shown) };
}

/** The file that adopts these. */
export const exportedManifest = (
  name: string,
  connections: readonly ActualConnection[],
  destinations: readonly DestinationView[],
): object => ({
  name,
  ...(connections.length > 0 && {
    connections: Object.fromEntries(connections.map((each) => [each.view.name, connectionOf(each)])),
  }),
  ...(destinations.length > 0 && {
    destinations: Object.fromEntries(destinations.map((each) => [each.name, destinationOf(each)])),
  }),
});

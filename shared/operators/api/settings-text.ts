/** In a client: the settings of an endpoint that decide which webhooks it takes, and what becomes of them, in words. */

import type { Placement } from '../../endpoints/credential/token-placement.ts';
import type { ConnectionView } from '../../endpoints/endpoint/connection-view.ts';
import type { ValueLocation } from '../../endpoints/settings/value-location.ts';
import type { EndpointSettingName } from './field-name.ts';

type Endpoint = NonNullable<ConnectionView['endpoint']>;

/** A place of the token, with what else stands there. */
export function placementText(placement: Placement): string {
  switch (placement.in) {
    case 'query':
      return `In the URL, as ?${placement.name}=…`;
    case 'path':
      return 'In the URL, as its last segment';
    case 'basic':
      return `Basic authentication, user ${placement.username}`;
    case 'body':
      return `In the body, at ${placement.path}`;
    default:
      return `Header ${placement.name}${placement.scheme ? `: ${placement.scheme} …` : ''}`;
  }
}

const placesText = ({ auth }: Endpoint): string | undefined =>
  'accept' in auth ? auth.accept.map(placementText).join('; ') : undefined;

/** A known scheme has a name. One of an operator's own is what the operator wrote. */
function schemeText({ auth }: Endpoint): string | undefined {
  if (!('scheme' in auth)) return undefined;
  return typeof auth.scheme === 'string' ? auth.scheme : JSON.stringify(auth.scheme);
}

/** What recognizes a repeat. */
function dedupeText({ dedupe }: Endpoint): string {
  if (dedupe.by === 'none') return 'not at all: each webhook is stored, a repeat too';
  if (dedupe.by === 'content') return 'by the content of the body';
  return dedupe.by === 'header' ? `by the header ${dedupe.name}` : `by ${dedupe.path} in the body`;
}

function locationText(location: ValueLocation): string {
  if (location.in === 'body') return `at ${location.path} in the body`;
  return location.in === 'header' ? `in the header ${location.name}` : `at ?${location.name}=… in the URL`;
}

/** Where the type of an event is. If the endpoint's settings do not say it, the provider does. */
function typeText({ type }: Endpoint, provider: Typed | undefined): string {
  if (type === null && provider === undefined) return 'as the sender names it, else webhook';
  const places = type === null ? (provider?.type ?? []) : [type];
  return places.length === 0 ? 'always webhook' : `${places.map(locationText).join(', or ')}, else webhook`;
}

/** A provider, as far as it says where the type of an event is. */
interface Typed {
  type?: readonly ValueLocation[] | undefined;
}

/**
 * The text of each setting, and of what `auth` says. Undefined where a setting is not used.
 * @param provider undefined if the client does not know it
 */
export const settingTexts = (endpoint: Endpoint, provider?: Typed) =>
  ({
    places: placesText(endpoint),
    scheme: schemeText(endpoint),
    methods: endpoint.methods.join(', '),
    allowFrom: endpoint.allowFrom?.join(', '),
    dedupe: dedupeText(endpoint),
    type: typeText(endpoint, provider),
    split: endpoint.split ? 'each item of a list is an event of its own' : undefined,
    raw: endpoint.raw ? 'on the bus too, as dataBase64' : undefined,
    retentionDays: endpoint.retentionDays === 1 ? '1 day' : `${endpoint.retentionDays} days`,
  }) satisfies Partial<Record<EndpointSettingName | 'places' | 'scheme', string | undefined>>;

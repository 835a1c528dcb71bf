/** The headers in which a request carries its signature, and what the signature covers besides the body. */
import type { Scheme, ValueSource } from './scheme.ts';

/** Those of the senders that have code of their own. The others have their signature in the body. */
const ofSenders: Partial<Record<Scheme['kind'], string[]>> = {
  twilio: ['x-twilio-signature'],
  contentful: ['signature', 'signed-headers', 'timestamp'].map((name) => `x-contentful-${name}`),
  paypal: ['auth-algo', 'cert-url', 'transmission-id', 'transmission-sig', 'transmission-time'].map(
    (name) => `paypal-${name}`,
  ),
};

function sourcesIn(scheme: Scheme): (ValueSource | undefined)[] {
  if (scheme.kind === 'jwt') return [scheme.token];
  if (!('message' in scheme)) return [];
  const covered = scheme.message.map((part) => (part.part === 'value' ? part.source : undefined));
  const required = scheme.requires?.map(({ header }) => ({ in: 'header' as const, name: header })) ?? [];
  return [...scheme.signatures, scheme.timestamp?.source, ...covered, ...required];
}

/** The names of the headers that prove a request by this scheme: the signature, what it covers, and its version. A `*` stands for a number. */
export function signingHeadersOf(scheme: Scheme): string[] {
  const names = sourcesIn(scheme).map((source) => {
    if (source?.in === 'numberedHeaders') return `${source.name}*`;
    return source?.in === 'header' ? source.name : [];
  });
  return [...new Set([...names.flat(), ...(ofSenders[scheme.kind] ?? [])])];
}

/** The URL that works when it is pasted into the sender. */
import type { EndpointAnswer, RevealedToken } from './connection-record.ts';

const mask = '••••••';

/** The URL to paste: with the token in it if the endpoint accepts a token in the URL, otherwise the bare URL. */
export const pasteUrlOf = ({ deliveryUrls, url }: RevealedToken): string =>
  deliveryUrls.find(({ header }) => header === undefined)?.url ?? url ?? '';

/** The same URL without its secret, for the screen. */
export function maskedUrlOf({ url, auth, tokens }: EndpointAnswer): string {
  if (url === null) return '';
  const accept = 'accept' in auth && tokens.length > 0 ? auth.accept : [];
  for (const placement of accept) {
    if (placement.in === 'query') return `${url}?${encodeURIComponent(placement.name)}=${mask}`;
    if (placement.in === 'path') return `${url}/${mask}`;
    if (placement.in === 'basic') return url.replace('://', `://${encodeURIComponent(placement.username)}:${mask}@`);
  }
  return url;
}

/** Whether the URL to paste contains the token. */
export const hasTokenInUrl = (endpoint: EndpointAnswer): boolean => maskedUrlOf(endpoint) !== endpoint.url;

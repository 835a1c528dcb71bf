/** Fetches public files as `fetch` does, by the rules for requests to other hosts. */
import type { OutboundPorts } from './open-socket.ts';
import { type OutboundRules, outboundSender } from './outbound-request.ts';

/** What `fetchPublicFile` needs of `fetch`. */
export type FetchFile = (
  url: string,
  init: { redirect: 'error'; signal: AbortSignal },
) => Promise<Pick<Response, 'status' | 'body'>>;

/** More than any file that is read: `fetchPublicFile` has the limit. */
const maxBodyBytes = 100_000;
/** Longer than any caller waits: its signal ends the request. */
const longest = { timeoutMs: 30_000, bodyMs: 30_000 };

const redirects = [301, 302, 303, 307, 308];

/**
 * Creates a `fetch` for files.
 * @param plain fetches what is not https: the certificates of authorities, which are published by http and must be signed by a trusted
 * root, and the keys of an issuer on this machine
 */
export function publicFileFetch(rules: OutboundRules, plain: FetchFile, ports?: OutboundPorts): FetchFile {
  const send = outboundSender(rules, ports);
  return async (url, init) => {
    if (!url.startsWith('https:')) return plain(url, init);
    const result = await send({ url, method: 'GET' }, { ...longest, maxBodyBytes, signal: init.signal });
    init.signal.throwIfAborted();
    if (result.outcome !== 'answered') throw new Error(`${result.outcome}: ${result.reason}`);
    const { status, body, isWhole } = result;
    if (redirects.includes(status)) throw new Error('broken: redirected');
    if (!isWhole && body.length < maxBodyBytes) throw new Error('broken: the answer has no end');
    return { status, body: ReadableStream.from([new Uint8Array(body)]) };
  };
}

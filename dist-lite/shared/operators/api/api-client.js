import { viaHeader } from "../../ground/base/actor.js";
import { parseJson } from "../../ground/base/parse-json.js";
import { retryAfterMs } from "../../ground/base/retry-after.js";
import { apiErrorOf, UnreachableError } from "./api-error.js";
import { KnownLists, unchangedListOf } from "./known-lists.js";
import { asOfHeader } from "./list-moment.js";
/** The URL, the token or a parameter of a path can't be used. */
export class ClientSettingError extends Error {
    name = 'ClientSettingError';
}
/** The time after which an answer no longer comes, in ms. API Gateway answers within 30 s. */
const timeoutMs = 35_000;
const maxRepeats = 4;
const firstDelayMs = 500;
/** The longest wait before a repeat, in ms. If the API asks for a longer one, its answer is the result. */
const maxDelayMs = 30_000;
const isLoopback = (hostname) => /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname);
/**
 * Checks the URL of a deployment. Returns it without `/v1` and without a slash at its end.
 * @throws ClientSettingError if it is no URL, or if a token would travel unencrypted
 */
export function deploymentUrl(text) {
    const url = URL.parse(text);
    if (!url || !['http:', 'https:'].includes(url.protocol)) {
        throw new ClientSettingError('The URL of the deployment must look like https://hooks.example.com.');
    }
    if (url.username || url.password || url.search || url.hash) {
        throw new ClientSettingError('The URL of the deployment must have no user, no password, no query and no fragment.');
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
        throw new ClientSettingError('The URL must begin with https://, because it gets your token. http:// is for this machine.');
    }
    return `${url.origin}${url.pathname}`.replace(/\/+(v1\/*)?$/, '');
}
/** @throws ClientSettingError if the token can't be sent in a header. The message does not contain it. */
function bearerOf(token) {
    if (/^[\x21-\x7e]+$/.test(token))
        return `Bearer ${token}`;
    throw new ClientSettingError('The operator token is empty, or has characters that no token has. Copy it again.');
}
/** @throws ClientSettingError if a URL would drop the value, even encoded, so that the request goes to another route */
function segmentOf(name, value) {
    if (!['', '.', '..'].includes(value))
        return encodeURIComponent(value);
    throw new ClientSettingError(`There is no ${name} "${value}". Take one from a list.`);
}
function pathOf(template, { params = {}, query = {} }) {
    const path = template.replace(/\{(\w+)\}/g, (_, name) => segmentOf(name, params[name] ?? ''));
    const pairs = Object.entries(query).flatMap(([name, value]) => value === undefined ? [] : [[name, String(value)]]);
    return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
/**
 * Whether the request can be sent again. After a 429 the API has done nothing. After a 503 it may have: a POST could
 * then make a second token.
 */
const isRepeatable = (method, status) => status === 429 || (status === 503 && method !== 'POST');
/** The wait before a repeat in ms: as `Retry-After` says, or else twice the wait before. */
const delayOf = (retryAfter, repeat, now) => Math.max(0, retryAfterMs(retryAfter, now) ?? firstDelayMs * 2 ** repeat);
/** Fetches, and turns a failure into an UnreachableError. Its text has only a code, because a cause can quote headers. */
async function reach({ fetch }, url, { beginsWithinMs, ...request }) {
    const { origin } = new URL(url);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), beginsWithinMs);
    const signals = [limit.signal, AbortSignal.timeout(timeoutMs), ...(request.signal ? [request.signal] : [])];
    let response;
    try {
        response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.any(signals) });
    }
    catch (error) {
        const { name, cause } = error;
        const code = name === 'TimeoutError' ? `no answer within ${beginsWithinMs / 1000} s` : cause?.code;
        throw new UnreachableError(`Can't reach ${origin}${code === undefined ? '' : ` (${code})`}.`);
    }
    finally {
        clearTimeout(timer);
    }
    const isRedirect = response.type === 'opaqueredirect' || (response.status >= 300 && response.status <= 399);
    if (!isRedirect || response.status === 304)
        return response;
    throw new UnreachableError(`${origin} redirects to another address. It was not followed, because your token would go there.`);
}
async function reachPatiently(options, url, request) {
    for (let repeat = 0;; repeat++) {
        const response = await reach(options, url, request);
        const delayMs = delayOf(response.headers.get('retry-after'), repeat, options.now());
        const isLast = repeat === maxRepeats || delayMs > maxDelayMs;
        if (isLast || !isRepeatable(request.method, response.status))
            return response;
        await response.body?.cancel();
        await options.wait(delayMs);
    }
}
/** @throws UnreachableError if the connection ends before the answer does */
async function textOf(response, url) {
    try {
        return await response.text();
    }
    catch {
        throw new UnreachableError(`The answer of ${url} broke off.`);
    }
}
/**
 * Makes a client for one deployment.
 * @throws ClientSettingError if the URL or the token can't be used
 */
export function apiClient(options) {
    const url = deploymentUrl(options.url);
    const headers = {
        authorization: bearerOf(options.token),
        accept: 'application/json',
        ...(options.via && { [viaHeader]: options.via }),
    };
    const lists = new KnownLists();
    return {
        async call(key, ...[request]) {
            const [method, template] = key.split(' ');
            const { ifMatch, onAsOf, signal, beginsWithinMs = timeoutMs, body, ...rest } = (request ?? {});
            const takesBody = method !== 'GET' && method !== 'DELETE';
            const target = `${url}${pathOf(template, rest)}`;
            const known = method === 'GET' ? lists.of(target) : undefined;
            const response = await reachPatiently(options, target, {
                method,
                headers: {
                    ...headers,
                    ...(takesBody && { 'content-type': 'application/json' }),
                    ...(known && { 'if-none-match': known.etag }),
                    ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
                },
                ...(takesBody && { body: JSON.stringify(body ?? {}) }),
                ...(signal && { signal }),
                beginsWithinMs: Math.min(beginsWithinMs, timeoutMs),
            });
            const asOf = response.headers.get(asOfHeader);
            if (asOf !== null)
                onAsOf?.(asOf);
            if (known && response.status === 304)
                return unchangedListOf(known, response.headers);
            const text = await textOf(response, url);
            const json = text === '' ? null : parseJson(text);
            if (!response.ok)
                throw apiErrorOf(response, json);
            if (json === undefined)
                throw new UnreachableError(`${url} answered without JSON, so it is not Hooklatch. Check the URL of the deployment.`);
            if (method === 'GET')
                lists.keep(target, response.headers, json);
            return json;
        },
    };
}

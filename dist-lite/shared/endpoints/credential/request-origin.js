/**
 * Where a request comes from. A deployment behind CloudFront accepts only requests that came through its own distribution:
 * CloudFront adds a secret header to each. Only then is CloudFront's header with the address of the caller true. Anybody
 * can send such a header to the API itself.
 */
import { isIP } from 'node:net';
import { isSameDigest, tokenDigest } from "./token.js";
/** The header whose secret value shows that a request came through the distribution. */
export const originHeader = 'x-origin-verify';
/** The address and port of the caller, as CloudFront saw them. */
export const viewerAddressHeader = 'cloudfront-viewer-address';
/** The address if CloudFront's header is missing or malformed. No list of addresses contains it. */
export const unknownAddress = 'unknown';
/**
 * The address in `CloudFront-Viewer-Address`: `192.0.2.1:443`, `2001:db8::1:443` or `[2001:db8::1]:443`. The port is always
 * there, so the last number of an IPv6 address is never taken for it.
 */
export function viewerAddressOf(header) {
    const found = /^(?:\[([\da-f:.]+)\]|([\da-f:.]+)):\d{1,5}$/i.exec(header ?? '');
    const [, bracketed, bare = ''] = found ?? [];
    const address = bracketed ?? bare;
    const family = isIP(address);
    return family === 6 || (family === 4 && bracketed === undefined) ? address : unknownAddress;
}
/**
 * Checks requests of a deployment.
 * @param digests SHA-256 of each live value of the header, in hexadecimal: none without CloudFront, two during a rotation
 */
export function originCheck(digests) {
    const live = digests.map((digest) => Buffer.from(digest, 'hex'));
    return (headers, sourceIp) => {
        if (live.length === 0)
            return { sourceIp, isViewer: false };
        const given = tokenDigest(headers?.[originHeader] ?? '');
        // Every value is compared, so the time does not depend on which one fits.
        const isFrom = live.map((digest) => isSameDigest(digest, given));
        return isFrom.includes(true)
            ? { sourceIp: viewerAddressOf(headers?.[viewerAddressHeader]), isViewer: true }
            : undefined;
    };
}

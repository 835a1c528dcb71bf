/**
 * Marks the arrival of a self-test: a sample that is sent through the public URL and processed like a sender's
 * arrival.
 *
 * The mark is a nonce. When an operator starts a self-test, the nonce's digest is written to the record. The authorizer
 * compares the nonce in a request with this digest. So a header alone does not mark an arrival. The event id derives
 * from the digest, so a nonce can make only one event.
 */
import { isSameDigest } from "./token.js";
/** The header that carries the nonce. */
export const testHeader = 'hooklatch-test';
/** The time for which a nonce is valid, in seconds. */
export const testSeconds = 60;
/**
 * Whether a request belongs to the marked test.
 * @param digest of the nonce in the request's header
 */
export const isMarked = (mark, digest, now) => mark !== undefined && now.getTime() < Date.parse(mark.until) && isSameDigest(Buffer.from(mark.digest, 'hex'), digest);

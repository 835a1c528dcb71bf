/**
 * A test of an endpoint: a sample delivery that is sent through the public URL and goes every way that a sender's does.
 *
 * What marks it is a nonce: the operator's request puts its digest on the record, and the authorizer finds it there. A
 * header alone marks nothing. The event's id is made of the digest, so that a nonce is good for one event.
 */
import { isSameDigest } from './token.ts';

/** The header that carries the nonce. */
export const testHeader = 'hooklatch-test';

/** How long a nonce is good for, in seconds. */
export const testSeconds = 60;

/** What the record has of a test that runs. */
export interface TestMark {
  /** SHA-256 of the nonce, in hex. */
  digest: string;
  until: string;
  /** Whether the event goes to the bus, as any other does. */
  publish: boolean;
}

/** The mark, if a request is the test that it is of. @param digest of what the request has in the header */
export const isMarked = (mark: TestMark | undefined, digest: Buffer, now: Date): mark is TestMark =>
  mark !== undefined && now.getTime() < Date.parse(mark.until) && isSameDigest(Buffer.from(mark.digest, 'hex'), digest);

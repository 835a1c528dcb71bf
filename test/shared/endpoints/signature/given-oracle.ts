/** Compares our verifier and signer with the sender's own library. They must always agree. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { schemeOf } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest } from './given-signature.ts';

/** How often each property is tested. */
const runs = Number(process.env['HOOKLATCH_RUNS'] ?? 100);

/** The scheme of a preset. Default: its strongest one. */
export function schemeIn(provider: string, name: string = provider): Scheme {
  const scheme = schemeOf(provider, name);
  if (scheme === undefined) throw new Error(`${provider} has no scheme ${name}`);
  return scheme;
}

export interface Oracle {
  scheme: Scheme;
  /** The input of the verifiers. */
  secrets: fc.Arbitrary<string>;
  requests: fc.Arbitrary<Signable>;
  /** Signers for such a request, by name: the library, our signer, or a private key. */
  signers: Record<string, (secret: string, request: Signable) => Signable | Promise<Signable>>;
  /** Whether the library accepts a request. False if it throws. */
  accepts: (secret: string, request: Signable) => unknown;
  /** Whether the library takes tens of milliseconds for a signature. It is then called a tenth as often. */
  isSlow?: true;
  /** Changes a signed request. Default: one character of the body. */
  change?: (request: Signable, at: number) => Signable;
}

async function isAccepted({ accepts }: Oracle, secret: string, request: Signable): Promise<boolean> {
  try {
    return (await accepts(secret, request)) !== false;
  } catch {
    return false;
  }
}

/** Replaces a character of a text by another one of the same kind, so that the text stays well formed. */
export function changed(text: string, at: number): string {
  const places = [...text.matchAll(/[a-y0-8]/gi)];
  const index = places[at % places.length]?.index ?? 0;
  const next = String.fromCharCode(text.charCodeAt(index) + 1);
  return `${text.slice(0, index)}${next}${text.slice(index + 1)}`;
}

const withOtherBody = (request: Signable, at: number): Signable => ({
  ...request,
  body: Buffer.from(changed(request.body.toString(), at)),
});

/** One test per signer: both verifiers accept what it signed, and neither accepts it after a change. */
export function agrees(library: string, oracle: Oracle): void {
  const change = oracle.change ?? withOtherBody;
  for (const [signer, sign] of Object.entries(oracle.signers)) {
    test(`${library} and Hooklatch both accept a request signed by ${signer}, and both reject it after a change`, () =>
      fc.assert(
        fc.asyncProperty(oracle.secrets, oracle.requests, fc.nat(), async (secret, request, at) => {
          const signed = await sign(secret, request);
          expect(verifyWithSecrets(oracle.scheme, [secret], signed)).toEqual(accepted());
          expect(await isAccepted(oracle, secret, signed)).toBe(true);
          const other = change(signed, at);
          expect(verifyWithSecrets(oracle.scheme, [secret], other).verified).toBe(false);
          expect(await isAccepted(oracle, secret, other)).toBe(false);
        }),
        { numRuns: Math.ceil(oracle.isSlow ? runs / 10 : runs) },
      ));
  }
}

/** Requests of the current time, because libraries read the clock themselves. */
export const sentNow = (bodies: fc.Arbitrary<string>, more: Partial<Signable> = {}): fc.Arbitrary<Signable> =>
  bodies.map((body) => aRequest({ now: new Date(), body: Buffer.from(body), ...more }));

const words = fc.string({ unit: 'grapheme' });

/** JSON objects that contain something to change. */
export const documents = fc
  // No fractions: a library that rewrites JSON would write 5e-324 and 6e-324 the same way.
  .tuple(fc.uuid(), words, fc.object({ key: words, values: [words, fc.integer(), fc.constant(null)], maxDepth: 1 }))
  .map(([id, name, data]) => JSON.stringify({ id, name, data }));

export const texts = fc.string({ unit: 'grapheme-ascii', minLength: 1, size: 'max', maxLength: 40 });

/** A header that must be present. */
export function given(request: Signable, name: string): string {
  const value = request.headers[name];
  if (value === undefined) throw new Error(`There is no header ${name}`);
  return value;
}

export const secondsOf = ({ now }: Signable): number => Math.floor(now.getTime() / 1000);

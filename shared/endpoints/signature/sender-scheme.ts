/**
 * Schemes that no template can describe: the signed message depends on the request, or a body has several signatures.
 */
import { readAdyen } from './adyen.ts';
import { readContentful } from './contentful.ts';
import { readPaypal } from './paypal.ts';
import type { SenderScheme } from './scheme.ts';
import type { ParsedSignature, Signable, SignatureRejection } from './signed-message.ts';
import { readSns } from './sns.ts';
import { readTwilio } from './twilio.ts';

/** Reads a request by the scheme of its sender. */
export function readBySender(scheme: SenderScheme, request: Signable): ParsedSignature | SignatureRejection {
  switch (scheme.kind) {
    case 'twilio':
      return readTwilio(request);
    case 'adyen':
      return readAdyen(request);
    case 'contentful':
      return readContentful(scheme.tolerance, request);
    case 'sns':
      return readSns(scheme.topicArns, request);
    case 'paypal':
      return readPaypal(scheme, request);
  }
}

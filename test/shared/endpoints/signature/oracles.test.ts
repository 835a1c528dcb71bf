/** Compares senders' own libraries with our verifier and signer for template schemes. */
import { sign as signGitHub, verify as verifyGitHub } from '@octokit/webhooks-methods';
import * as sanity from '@sanity/webhook';
import { WorkOS } from '@workos-inc/node';
import { v2 as cloudinary } from 'cloudinary';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { agrees, documents, given, schemeIn, secondsOf, sentNow, texts } from './given-oracle.ts';
import { signed, withHeaders } from './given-signature.ts';

const requests = sentNow(documents);

agrees('standardwebhooks', {
  scheme: schemeIn('svix', 'standard-webhooks'),
  secrets: fc
    .uint8Array({ minLength: 24, size: 'max', maxLength: 64 })
    .filter((bytes) => bytes.some((byte) => byte !== 0))
    .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`),
  requests,
  signers: {
    'the library': (secret, request) =>
      withHeaders(request, {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(secondsOf(request)),
        'webhook-signature': new Webhook(secret).sign('msg_1', request.now, request.body),
      }),
    Hooklatch: (secret, request) => signed(schemeIn('svix', 'standard-webhooks'), secret, request),
  },
  accepts: (secret, request) =>
    new Webhook(secret).verify(request.body, {
      'webhook-id': given(request, 'webhook-id'),
      'webhook-timestamp': given(request, 'webhook-timestamp'),
      'webhook-signature': given(request, 'webhook-signature'),
    }),
});

agrees('@octokit/webhooks-methods', {
  scheme: schemeIn('github'),
  secrets: texts,
  requests,
  signers: {
    'the library': async (secret, request) =>
      withHeaders(request, { 'x-hub-signature-256': await signGitHub(secret, request.body.toString()) }),
    Hooklatch: (secret, request) => signed(schemeIn('github'), secret, request),
  },
  accepts: (secret, request) => verifyGitHub(secret, request.body.toString(), given(request, 'x-hub-signature-256')),
});

const stripeScheme = schemeIn('stripe');
// The library refuses a secret of only white space, which nobody uses.
const stripeSecrets = texts.map((text) => `whsec_${text}`);

agrees('stripe', {
  scheme: stripeScheme,
  secrets: stripeSecrets,
  requests,
  signers: {
    'the library': (secret, request) => {
      const options = { payload: request.body.toString(), secret, timestamp: secondsOf(request) };
      return withHeaders(request, { 'stripe-signature': Stripe.webhooks.generateTestHeaderString(options) });
    },
    Hooklatch: (secret, request) => signed(stripeScheme, secret, request),
  },
  accepts: (secret, request) =>
    Stripe.webhooks.constructEvent(request.body, given(request, 'stripe-signature'), secret),
});

const workosScheme = schemeIn('workos');
const workos = new WorkOS('no key').webhooks;

agrees('@workos-inc/node', {
  scheme: workosScheme,
  secrets: texts,
  requests,
  signers: {
    'the library': async (secret, request) => {
      const time = request.now.getTime();
      const signature = await workos.computeSignature(time, JSON.parse(request.body.toString()), secret);
      return withHeaders(request, { 'workos-signature': `t=${time}, v1=${signature}` });
    },
    Hooklatch: (secret, request) => signed(workosScheme, secret, request),
  },
  accepts: (secret, request) =>
    workos.verifyHeader({
      payload: JSON.parse(request.body.toString()),
      sigHeader: given(request, 'workos-signature'),
      secret,
    }),
});

agrees('@sanity/webhook', {
  scheme: schemeIn('sanity'),
  secrets: texts,
  requests,
  signers: {
    'the library': async (secret, request) => {
      const written = await sanity.encodeSignatureHeader(request.body.toString(), request.now.getTime(), secret);
      return withHeaders(request, { 'sanity-webhook-signature': written });
    },
    Hooklatch: (secret, request) => signed(schemeIn('sanity'), secret, request),
  },
  accepts: (secret, request) =>
    sanity.isValidSignature(request.body.toString(), given(request, 'sanity-webhook-signature'), secret),
});

/** Cloudinary's library reads its secret from a global configuration. */
const asCloudinary = (secret: string) =>
  cloudinary.config({ api_secret: secret, signature_algorithm: 'sha256', cloud_name: 'test', api_key: 'test' });

agrees('cloudinary', {
  scheme: schemeIn('cloudinary'),
  secrets: texts,
  requests,
  signers: {
    'the library': (secret, request) => {
      const time = secondsOf(request);
      const signature = cloudinary.utils.webhook_signature(request.body.toString(), time, asCloudinary(secret));
      return withHeaders(request, { 'x-cld-timestamp': String(time), 'x-cld-signature': signature });
    },
    Hooklatch: (secret, request) => signed(schemeIn('cloudinary'), secret, request),
  },
  accepts: (secret, request) => {
    asCloudinary(secret);
    const [time, signature] = [Number(given(request, 'x-cld-timestamp')), given(request, 'x-cld-signature')];
    return cloudinary.utils.verifyNotificationSignature(request.body.toString(), time, signature);
  },
});

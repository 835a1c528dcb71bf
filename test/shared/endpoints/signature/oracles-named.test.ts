/** Compares senders' own libraries with our code for single senders and for JWTs. */

import { hash } from 'node:crypto';
import { signRequest, verifyRequest } from '@contentful/node-apps-toolkit/requests';
import fc from 'fast-check';
import jsonwebtoken from 'jsonwebtoken';
import * as twilio from 'twilio/lib/webhooks/webhooks.js';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { agrees, changed, documents, given, schemeIn, secondsOf, sentNow, texts } from './given-oracle.ts';
import { aRequest, signed, withHeaders } from './given-signature.ts';

const isForm = { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } };
const words = fc.string({ unit: 'grapheme', size: 'max', maxLength: 12 });
const forms = fc
  .tuple(fc.uuid(), fc.array(fc.tuple(words, words), { maxLength: 6 }))
  .map(([id, pairs]) => new URLSearchParams([['MessageSid', id], ...pairs]).toString());
const urls = fc.constantFrom(
  'https://hooks.example.com/hooks/sms/ep_1',
  'https://hooks.example.com/hooks/sms/ep_1?a=1&b=%20c',
  'https://hooks.example.com:8443/hooks/sms/ep_1',
);

/** A form as Twilio's library expects it: a repeated field is a list. */
function paramsOf({ body }: Signable): Record<string, unknown> {
  const form = new URLSearchParams(body.toString());
  const fields = [...new Set(form.keys())].map((name) => [name, [...form.getAll(name)]] as const);
  return Object.fromEntries(fields.map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
}

const twilioSigned = (request: Signable, signature: string) =>
  withHeaders(request, { 'x-twilio-signature': signature });
const portless = (url: string) => url.replace(':8443', '');

agrees('twilio with a form', {
  scheme: schemeIn('twilio'),
  secrets: texts,
  requests: fc.tuple(sentNow(forms, isForm), urls).map(([request, url]) => ({ ...request, url })),
  signers: {
    'the library': (secret, request) =>
      twilioSigned(request, twilio.getExpectedTwilioSignature(secret, request.url, paramsOf(request))),
    'the library, for a URL without its port,': (secret, request) =>
      twilioSigned(request, twilio.getExpectedTwilioSignature(secret, portless(request.url), paramsOf(request))),
    Hooklatch: (secret, request) => signed(schemeIn('twilio'), secret, request),
  },
  accepts: (secret, request) =>
    twilio.validateRequest(secret, given(request, 'x-twilio-signature'), request.url, paramsOf(request)),
});

agrees('twilio with JSON', {
  scheme: schemeIn('twilio'),
  secrets: texts,
  requests: sentNow(documents).map((request) => ({
    ...request,
    url: `${request.url}&bodySHA256=${hash('sha256', request.body)}`,
  })),
  signers: {
    'the library': (secret, request) =>
      twilioSigned(request, twilio.getExpectedTwilioSignature(secret, request.url, {})),
    Hooklatch: (secret, request) => signed(schemeIn('twilio'), secret, request),
  },
  accepts: (secret, request) =>
    twilio.validateRequestWithBody(secret, given(request, 'x-twilio-signature'), request.url, request.body.toString()),
});

const pathOf = ({ url }: Signable) => url.replace(/^https:\/\/[^/]*/, '');
const canonical = (request: Signable, headers: Record<string, string>) => ({
  method: 'POST' as const,
  path: pathOf(request),
  headers,
  body: request.body.toString(),
});
const topics = words.map((word) => ({ 'x-contentful-topic': ` ContentManagement.${encodeURIComponent(word)} ` }));
const written = (request: Signable): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? '']));

agrees('@contentful/node-apps-toolkit', {
  scheme: schemeIn('contentful'),
  secrets: fc.stringMatching(/^[0-9a-zA-Z_-]{64}$/),
  requests: fc
    .tuple(sentNow(documents), topics, fc.constantFrom('', '?a=1', '?a=b%20c&d=%C3%A9', '?'))
    .map(([request, headers, query]) => ({
      ...request,
      headers,
      url: `https://hooks.example.com/hooks/cms/ep_1${query}`,
    })),
  signers: {
    'the library': (secret, request) =>
      withHeaders(request, { ...signRequest(secret, canonical(request, written(request)), request.now.getTime()) }),
    Hooklatch: (secret, request) => signed(schemeIn('contentful'), secret, request),
  },
  accepts: (secret, request) => verifyRequest(secret, canonical(request, written(request))),
});

/** A JWT does not cover the body, so the test changes the claims. */
const withOtherClaims = (request: Signable, at: number) => {
  const [head, claims = '', signature] = given(request, 'authorization').split('.');
  return withHeaders(request, { authorization: `${head}.${changed(claims, at)}.${signature}` });
};

agrees('jsonwebtoken', {
  scheme: schemeIn('monday'),
  secrets: texts,
  requests: fc.constant(undefined).map(() => aRequest({ now: new Date() })),
  signers: {
    'the library': (secret, request) =>
      withHeaders(request, { authorization: jsonwebtoken.sign({ exp: secondsOf(request) + 300 }, secret) }),
    Hooklatch: (secret, request) => signed(schemeIn('monday'), secret, request),
  },
  accepts: (secret, request) =>
    jsonwebtoken.verify(given(request, 'authorization'), secret, { algorithms: ['HS256'], clockTolerance: 60 }),
  change: withOtherClaims,
});

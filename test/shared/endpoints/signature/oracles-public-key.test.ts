/** Compares senders' own libraries with our verifier for public keys. */
import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import https from 'node:https';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, jest } from '@jest/globals';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { verifyKey } from 'discord-interactions';
import fc from 'fast-check';
import MessageValidator from 'sns-validator';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { anyUrl } from '../../../support/any-text.ts';
import { topicArn } from './given-certificate.ts';
import { agrees, changed, documents, given, schemeIn, secondsOf, sentNow } from './given-oracle.ts';
import { withHeaders } from './given-signature.ts';

const requests = sentNow(documents);
const stamped = (request: Signable) => Buffer.concat([Buffer.from(String(secondsOf(request))), request.body]);

const discord = generateKeyPairSync('ed25519');
const discordKey = discord.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

agrees('discord-interactions', {
  scheme: schemeIn('discord'),
  secrets: fc.constant(discordKey),
  requests,
  signers: {
    'a private key': (_, request) =>
      withHeaders(request, {
        'x-signature-timestamp': String(secondsOf(request)),
        'x-signature-ed25519': signWith(null, stamped(request), discord.privateKey).toString('hex'),
      }),
  },
  accepts: (secret, request) =>
    verifyKey(request.body, given(request, 'x-signature-ed25519'), given(request, 'x-signature-timestamp'), secret),
});

const sendgrid = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const sendgridKey = sendgrid.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

agrees('@sendgrid/eventwebhook', {
  scheme: schemeIn('sendgrid'),
  secrets: fc.constant(sendgridKey),
  requests,
  isSlow: true,
  signers: {
    'a private key': (_, request) =>
      withHeaders(request, {
        'x-twilio-email-event-webhook-timestamp': String(secondsOf(request)),
        'x-twilio-email-event-webhook-signature': signWith('sha256', stamped(request), sendgrid.privateKey).toString(
          'base64',
        ),
      }),
  },
  accepts: (secret, request) => {
    const library = new EventWebhook();
    return library.verifySignature(
      library.convertPublicKeyToECDSA(secret),
      request.body,
      given(request, 'x-twilio-email-event-webhook-signature'),
      given(request, 'x-twilio-email-event-webhook-timestamp'),
    );
  },
});

const sns = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = sns.publicKey.export({ format: 'pem', type: 'spki' }).toString();

const word = fc
  .string({ unit: 'grapheme', minLength: 1, size: 'max', maxLength: 20 })
  .filter((text) => !text.includes('\n'));
const messages = fc.record(
  {
    // Not UnsubscribeConfirmation: the library omits its Token, contrary to AWS's documentation.
    Type: fc.constantFrom('Notification', 'SubscriptionConfirmation'),
    Message: fc.string({ unit: 'grapheme', minLength: 1 }),
    MessageId: fc.uuid(),
    Subject: word,
    SubscribeURL: anyUrl(),
    Timestamp: fc.date({ noInvalidDate: true }).map((time) => time.toISOString()),
    Token: word,
    TopicArn: fc.constant(topicArn),
  },
  { requiredKeys: ['Type', 'Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn'] },
);

/** The signed fields of both kinds of messages, by the documentation of SNS. */
const signedNames = (type: string) =>
  type === 'Notification'
    ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

function signedBySns(request: Signable, version: '1' | '2'): Signable {
  const fields: Record<string, string> = JSON.parse(request.body.toString());
  const lines = signedNames(fields['Type'] ?? '').flatMap((name) =>
    fields[name] === undefined ? [] : [`${name}\n${fields[name]}\n`],
  );
  const signature = signWith(version === '1' ? 'sha1' : 'sha256', Buffer.from(lines.join('')), sns.privateKey);
  const SigningCertURL = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-test.pem';
  const made = { ...fields, SignatureVersion: version, Signature: signature.toString('base64'), SigningCertURL };
  return { ...request, body: Buffer.from(JSON.stringify(made)) };
}

/** A notification has no Token and no SubscribeURL; a confirmation has no Subject. */
const asSent = ({ SubscribeURL, Token, Subject, ...more }: Record<string, string | undefined>) =>
  JSON.stringify(more['Type'] === 'Notification' ? { ...more, Subject } : { ...more, SubscribeURL, Token });

beforeAll(() => {
  // The library fetches the certificate itself, but tests must not use the network.
  jest.spyOn(https, 'get').mockImplementation(((_: string, answer: (response: unknown) => void) => {
    answer(Object.assign(Readable.from([Buffer.from(certificate)]), { statusCode: 200 }));
    return { on: () => undefined };
  }) as unknown as typeof https.get);
});
afterAll(() => {
  jest.restoreAllMocks();
});

agrees('sns-validator', {
  scheme: { kind: 'sns', topicArns: [topicArn] },
  secrets: fc.constant(certificate),
  requests: sentNow(messages.map(asSent)),
  signers: {
    'a private key and SHA-1': (_, request) => signedBySns(request, '1'),
    'a private key and SHA-256': (_, request) => signedBySns(request, '2'),
  },
  accepts: (_, request) =>
    new Promise((resolve) =>
      new MessageValidator().validate(request.body.toString(), (error) => resolve(error === null)),
    ),
  change: (request, at) => {
    const fields = JSON.parse(request.body.toString());
    return {
      ...request,
      body: Buffer.from(JSON.stringify({ ...fields, MessageId: changed(fields.MessageId, at) })),
    };
  },
});

import { describe, expect, test } from '@jest/globals';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import { acceptedAnswer, rejectedAnswer, withServerTiming } from '../../../../shared/events/arrival/arrival-answer.ts';
import type { RejectionOrChallenge } from '../../../../shared/events/arrival/handover.ts';
import type { ReceivedArrival } from '../../../../shared/events/arrival/handshake-answer.ts';

/** A browser runs nothing of an answer with these headers. */
const guards = { 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" };
const json = { 'content-type': 'application/json' };

const received = (provider: string, settings: NamedSettings = {}): ReceivedArrival =>
  ({
    handover: { connection: { id: 'c1', name: 'orders', provider } },
    settings: settingsInForce({ provider, settings }),
  }) as ReceivedArrival;

const accepted = (settings: NamedSettings, isDuplicate: boolean) =>
  acceptedAnswer(settingsInForce({ provider: 'generic', settings }), 'evt_1', isDuplicate);

describe('the answer to a refused delivery', () => {
  const forbidden = { statusCode: 403, headers: json, body: '{"message":"Forbidden"}' };

  test.each<RejectionOrChallenge>(['token_unknown', 'signature_mismatch', 'endpoint_inactive', 'scheme_unsafe'])(
    'is the 403 of API Gateway if the reason is %s',
    (reason) => {
      expect(rejectedAnswer(reason, received('generic'))).toEqual(forbidden);
    },
  );

  test.each<[RejectionOrChallenge, number, string, Record<string, string>]>([
    ['challenged', 401, 'Unauthorized', { 'www-authenticate': 'Basic realm="hooklatch", charset="UTF-8"' }],
    ['method_not_allowed', 405, 'Method Not Allowed', { allow: 'POST, PUT' }],
    ['body_too_large', 413, 'Request Entity Too Large', {}],
    ['certificate_unavailable', 429, 'Too Many Requests', { 'retry-after': '60' }],
  ])('for %s is a %i', (reason, statusCode, message, headers) => {
    expect(rejectedAnswer(reason, received('generic', { methods: ['POST', 'PUT'] }))).toEqual({
      statusCode,
      headers: { ...json, ...guards, ...headers },
      body: JSON.stringify({ message }),
    });
  });

  // Discord disables a URL that does not answer a bad signature with 401.
  test('is a 401 if the sender expects that of a bad signature', () => {
    const unauthorized = { statusCode: 401, headers: { ...json, ...guards }, body: '{"message":"Unauthorized"}' };
    expect(rejectedAnswer('signature_mismatch', received('discord'))).toEqual(unauthorized);
    expect(rejectedAnswer('signature_mismatch', received('github'))).toEqual(forbidden);
  });

  test('is a 403 if the endpoint of such a sender verifies a token instead', () => {
    const auth = { kind: 'token', accept: [{ in: 'query', name: 'token' }] } as const;
    expect(
      rejectedAnswer('token_unknown', received('discord', { auth: { ...auth, accept: [...auth.accept] } })),
    ).toEqual(forbidden);
  });
});

describe('the answer to a stored delivery', () => {
  const headers = { ...json, ...guards };

  test('has the id of the event, and says if the delivery is a duplicate', () => {
    expect(accepted({}, false)).toEqual({ statusCode: 202, headers, body: '{"id":"evt_1"}' });
    expect(accepted({}, true)).toEqual({ statusCode: 200, headers, body: '{"id":"evt_1","duplicate":true}' });
  });

  test.each([false, true])('is the configured one if the endpoint has one (a duplicate: %s)', (isDuplicate) => {
    const answer = { status: 204 };
    expect(accepted({ answer }, isDuplicate)).toEqual({ statusCode: 204, headers, body: '' });
    const text = { status: 200, contentType: 'text/plain', body: '[accepted]' } as const;
    expect(accepted({ answer: text }, isDuplicate)).toEqual({
      statusCode: 200,
      headers: { ...guards, 'content-type': 'text/plain' },
      body: '[accepted]',
    });
  });
});

test('the answer to a self-test has the durations of its steps', () => {
  const times = ['12:00:00.000', '12:00:00.007', '12:00:00.030'].map((time) => new Date(`2026-03-01T${time}Z`));
  const answer = { statusCode: 202, headers: json, body: '{}' };
  expect(withServerTiming(answer, 4, times)).toEqual({
    ...answer,
    headers: { ...json, 'server-timing': 'authorized;dur=4, verified;dur=7, stored;dur=23' },
  });
});

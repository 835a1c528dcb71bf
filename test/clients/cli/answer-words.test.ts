/** What the answers of the API say, in the words of the command line. */
import { expect, test } from '@jest/globals';
import { textsAbout } from '../../../clients/cli/answer-words.ts';
import { errorText } from '../../../clients/cli/error-text.ts';
import type { Advice, SecretAdvice } from '../../../shared/ground/base/advice-schema.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

const secret = (more: Partial<SecretAdvice>): SecretAdvice => ({
  ...{ code: 'adopt_secret', where: '{Adopt} the key.', field: 'value', verb: 'generateToken' },
  ...more,
});

const texts: [Advice, string][] = [
  [
    { code: 'token_expired' },
    'The previous token was sent after its grace had ended. Reveal the new token, and enter it at the sender.',
  ],
  [
    { code: 'secret_malformed' },
    "The secret does not have the form of this sender's secrets. Copy it again, and adopt it by a rotation.",
  ],
  [
    { code: 'body_is_form' },
    'The body is form-encoded and lacks a field that the scheme needs. Choose application/json as the content type at the sender.',
  ],
  [
    { code: 'handshake_window_closed' },
    'The sender delivered a secret, but no handshake window was open. Open the window (hooklatch handshake open orders), then start the handshake again at the sender. If you did not ask for a handshake, somebody else knows the URL.',
  ],
  [
    { code: 'sender_secret_missing', secret: secret({}) },
    'The endpoint had no live secret, so it refused every request. Adopt the key. Then send it as value: hooklatch token generate orders --value-stdin.',
  ],
  [
    { code: 'sender_secret_missing', secret: secret({ code: 'await_secret', where: 'It is sent.' }) },
    'The endpoint had no live secret, so it refused every request. It is sent. hooklatch handshake open orders opens the window. If you already have the secret, send it as value instead.',
  ],
  [
    { code: 'secret_made_by_sender', secret: secret({ verb: 'rotateToken', field: 'signingSecret' }) },
    'Adopt the key. Then send it as signingSecret: hooklatch token rotate orders --file - with {"signingSecret": "…"} on stdin. If the sender accepts a secret from you, set secretFrom to operator first.',
  ],
  [
    { code: 'secret_made_by_sender', secret: secret({ verb: 'changeAuth' }) },
    'Adopt the key. Then send it as value: hooklatch endpoint configure orders --file - with values {"value": "…"}. If the sender accepts a secret from you, set secretFrom to operator first.',
  ],
  [{ code: 'redirected', status: 302 }, 'The answer was 302: senders do not follow a redirect.'],
  [
    { code: 'rejected', status: 403, reason: 'timestamp_in_future' },
    "403, timestamp_in_future: The request was signed in the future. The sender's clock is wrong.",
  ],
  [
    { code: 'rejected', status: 403, reason: 'secret_missing', secret: secret({}) },
    '403, secret_missing: The endpoint had no live secret, so it refused every request. Adopt the key. Then send it as value: hooklatch token generate orders --value-stdin.',
  ],
  [{ code: 'publish_not_asked' }, 'To test this step too, add --publish.'],
  [
    { code: 'secret_to_adopt' },
    'Every delivery is refused until you adopt the secret that the sender makes: hooklatch token generate orders --value-stdin.',
  ],
  [
    { code: 'handshake_to_open' },
    'Every delivery is refused until the sender delivers its secret. Open the handshake (hooklatch handshake open orders), then start it at the sender.',
  ],
  [
    { code: 'release_runs', replayId: 'release-1' },
    'The held events are being published, the oldest first. See the progress: hooklatch replays show orders release-1',
  ],
  [
    { code: 'next_pass', at: '2026-03-01T12:00:00.000Z' },
    'The release has gone through the held events. It goes through them again after 2026-03-01T12:00:00.000Z, for events that could not be published or arrived late.',
  ],
  [{ code: 'connection_not_found' }, 'There is no connection of this name. hooklatch connections list shows them.'],
  [
    { code: 'last_admin' },
    'This is the last connection_admin without an expiry. Add another one first: hooklatch operators create.',
  ],
  [{ code: 'operator_not_found' }, 'There is no operator with this id. hooklatch operators list shows them.'],
  [{ code: 'provider_not_found' }, 'There is no provider with this id. hooklatch providers list shows them.'],
  [
    { code: 'provider_mistyped', nearest: 'github' },
    'There is no provider with this id. Did you mean github? hooklatch providers list shows them.',
  ],
  [
    { code: 'version_mismatch', wanted: 1, version: 6 },
    '--if-version is 1, but the connection has version 6. Read it again.',
  ],
];

test.each(texts)('%j is said in commands', (advice, expected) => {
  expect(textsAbout('orders').notes({ note: 'Its text.', facts: [advice] })).toBe(expected);
});

test('a problem is said by its code', () => {
  const problem = { code: 'operator_not_found', detail: 'Its text.' };
  expect(errorText(new ApiError(404, problem, 'r-1'))).toBe(
    'There is no operator with this id. hooklatch operators list shows them. (operator_not_found, request r-1)',
  );
});

test('a secret that no operator can make is said as the API says it, if nobody knows where it is', () => {
  const problem = { code: 'secret_made_by_sender', detail: 'Its text.' };
  expect(errorText(new ApiError(422, problem, undefined))).toBe('Its text. (secret_made_by_sender)');
});

test('several notes are said one after the other, and without a name the commands have NAME in its place', () => {
  const facts: Advice[] = [{ code: 'no_url_yet' }, { code: 'release_runs', replayId: 'r' }];
  expect(textsAbout().notes({ note: 'Its text.', facts })).toBe(
    'The endpoint has no URL yet. Activate it to get the URL. The held events are being published, the oldest first. See the progress: hooklatch replays show NAME r',
  );
});

test.each([
  undefined,
  [],
  [{ code: 'of_a_later_version' }],
  [{ code: 'no_url_yet' }, { code: 'toString' }],
  [{ code: 'rejected', status: 403, reason: 'of_a_later_version' }],
  [{ code: 'rejected', reason: 'token_expired' }],
  [{ code: 'sender_secret_missing', secret: { ...secret({}), code: 'of_a_later_version' } }],
])('the facts %j have the text of the API', (facts) => {
  expect(textsAbout('orders').notes({ note: 'Its text.', facts: facts as Advice[] })).toBe('Its text.');
});

test('a rejection has its explanation, and each of its samples the advice about its cause', () => {
  const { rejection, sample: adviceOf } = textsAbout('orders');
  expect(rejection({ explanation: 'Its text.', facts: [{ code: 'topic_not_allowed' }] })).toBe(
    "The topic of the message is not in the scheme's topicArns. Compare its TopicArn with the list.",
  );
  const sample = { method: 'POST', sourceIp: '192.0.2.1', headers: [], faults: [], cause: 'other', count: 1 };
  expect(adviceOf(sample)).toBe('');
  expect(adviceOf({ ...sample, advice: 'Its advice.', facts: [{ code: 'minutes_off' }] })).toBe(
    'The signature is valid, but its time is off by less than an hour. A clock is wrong, or the sender delivers late.',
  );
});

test('a step without advice says nothing', () => {
  expect(textsAbout('orders').step({})).toBe('');
});

/** What the answers of the API say, in the words of the console. */
import { expect, it } from '@jest/globals';
import { texts } from '../../../clients/console/shell/answer-words.ts';
import type { Advice, SecretAdvice } from '../../../shared/ground/base/advice-schema.ts';
import { type AdviceCode, adviceCodes } from '../../../shared/ground/base/advice-text.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

const secret = (more: Partial<SecretAdvice>): SecretAdvice => ({
  ...{ code: 'adopt_secret', where: '{Adopt} the app secret.', field: 'value', verb: 'generateToken' },
  ...more,
});

it.each<[Advice, string]>([
  [
    { code: 'sender_secret_missing', secret: secret({}) },
    'The endpoint had no live secret, so it refused every request. Paste the app secret. Its field is on the tab “Endpoint”.',
  ],
  [
    { code: 'sender_secret_missing', secret: secret({ code: 'await_secret', field: 'signingSecret' }) },
    'The endpoint had no live secret, so it refused every request. Paste the app secret. “Open handshake” opens the window. If you already have the secret, paste it instead.',
  ],
  [
    { code: 'secret_malformed' },
    "The secret does not have the form of this sender's secrets. Copy it again, and paste it by a rotation.",
  ],
  [
    { code: 'handshake_window_closed' },
    'The sender delivered a secret, but no handshake window was open. Open the window (“Open handshake”), then start the handshake again at the sender. If you did not ask for a handshake, somebody else knows the URL.',
  ],
  [{ code: 'publish_not_asked' }, 'This test publishes nothing.'],
  [
    { code: 'secret_to_adopt' },
    'Every delivery is refused until you paste the secret that the sender makes: “Generate token”.',
  ],
  [{ code: 'release_runs', replayId: 'r' }, 'The held events are being published, the oldest first.'],
  [{ code: 'connection_not_found' }, 'There is no connection of this name. The page “Connections” shows them.'],
  [{ code: 'operator_not_found' }, 'There is no operator with this id. The page “Operators” shows them.'],
  [
    { code: 'last_admin' },
    'This is the last connection_admin without an expiry. Add another one first: “Add operator”.',
  ],
  [{ code: 'provider_not_found' }, 'There is no provider with this id. The list of providers shows them.'],
])('%j is said in buttons', (advice, expected) => {
  expect(texts.notes({ note: 'Its text.', facts: [advice] })).toBe(expected);
});

it.each<[AdviceCode, string]>([
  [
    'token_missing',
    'No token was found in the accepted placements. Compare “Places for the token” with how the sender sends the token. A header that is accepted with a scheme, such as Bearer, needs that word before the token.',
  ],
  [
    'address_not_allowed',
    "The sender's address is not in “Allowed addresses”. Compare the address in the sample with the list.",
  ],
  [
    'signature_missing',
    'No signature was found. Turn on signing at the sender, or compare “Signature scheme” (auth.scheme in “Other settings as JSON”) with how it signs.',
  ],
])('the advice %s names a setting as the form does', (code, expected) => {
  expect(texts.notes({ note: 'Its text.', facts: [{ code }] })).toBe(expected);
});

/** These stand only inside of another advice. */
const inner: readonly AdviceCode[] = ['adopt_secret', 'await_secret'];

it.each(adviceCodes.filter((code) => !inner.includes(code)))(
  'the advice %s names no setting that a person does not find in the form',
  (code) => {
    const facts: Omit<Advice, 'code'> = {
      ...{
        secret: secret({}),
        status: 403,
        fault: 'no',
        at: 'now',
        replayId: 'r',
        nearest: 'n',
        version: 2,
        wanted: 1,
      },
      reason: 'token_missing',
    };
    const said = texts.notes({ note: '', facts: [{ code, ...facts }] });
    const unlabelled = said.replaceAll(/[\w.]+ in “Other settings as JSON”/g, '');
    expect(unlabelled).toMatch(/\w{3}/);
    expect(unlabelled).not.toMatch(/\bauth\.\w|\b(?:allowFrom|retentionDays|secretFrom|sourceIp)\b|[{}]/);
  },
);

it.each([
  ['{Adopt} the app secret.', 'Paste the app secret.'],
  ['Turn it on, and {adopt} the key.', 'Turn it on, and paste the key.'],
  ['Enter {endpointSecret} in the field Secret.', 'Enter the token in the field Secret.'],
  ['Enter {verifyToken} beside it.', 'Enter the verify token beside it.'],
])('the sentence %j of a guide is said as %j', (sentence, expected) => {
  expect(texts.guide(sentence)).toBe(expected);
});

it('a change of another version says what to do with the page', () => {
  const problem = { code: 'version_mismatch', detail: 'Its text.', version: 6 };
  const facts = [{ code: 'version_mismatch', wanted: 1, version: 6 }];
  expect(texts.problem(new ApiError(412, { ...problem, facts }, 'r'))).toMatch(/changed/);
});

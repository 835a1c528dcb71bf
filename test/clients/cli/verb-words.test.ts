/** Refusals of the lifecycle in the words of the command line. */
import { describe, expect, test } from '@jest/globals';
import { errorText } from '../../../clients/cli/error-text.ts';
import { stepText } from '../../../clients/cli/verb-words.ts';
import type { Verb } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import type { StepReason } from '../../../shared/endpoints/endpoint/step.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { everyCommand } from './given-commands.ts';

const shown = (problem: object, name?: string): string =>
  errorText(new ApiError(409, { detail: 'POST …/endpoint/unsaid', ...problem }, undefined), name);

const words: Record<Verb, string> = {
  edit: 'change the connection (hooklatch connections edit NAME)',
  delete: 'delete the connection (hooklatch connections delete NAME)',
  configure: 'configure the endpoint (hooklatch endpoint configure NAME)',
  generateToken:
    'generate a token, or adopt the secret of the sender with --value-stdin (hooklatch token generate NAME)',
  revealToken: 'reveal the token (hooklatch token reveal NAME)',
  rotateToken: 'rotate the token (hooklatch token rotate NAME)',
  changeAuth: 'configure the endpoint with new values (hooklatch endpoint configure NAME --file -)',
  endGrace: 'end the grace (hooklatch token end-grace NAME)',
  removeToken: 'remove the token (hooklatch token remove NAME)',
  activate: 'activate the endpoint (hooklatch endpoint activate NAME)',
  deactivate: 'deactivate the endpoint (hooklatch endpoint deactivate NAME)',
  hold: 'hold the endpoint (hooklatch endpoint hold NAME)',
  release: 'release the endpoint (hooklatch endpoint release NAME)',
  openHandshake: 'open the handshake (hooklatch handshake open NAME)',
  confirmHandshake: 'confirm the delivered secret (hooklatch handshake confirm NAME)',
  closeHandshake: 'close the handshake (hooklatch handshake close NAME)',
  test: 'test the endpoint (hooklatch endpoint test NAME)',
  deconfigure: 'deconfigure the endpoint (hooklatch endpoint deconfigure NAME)',
};

describe.each(Object.entries(words) as [Verb, string][])('the verb %s', (verb, expected) => {
  test('has its words', () => {
    expect(stepText({ verb })).toBe(expected);
  });

  test('has a command that exists', () => {
    const [, command] = / \(hooklatch ([a-z -]+) NAME/.exec(expected) ?? [];
    expect(everyCommand().map(({ path }) => path.join(' '))).toContain(command);
  });
});

test.each<[Verb, StepReason, string]>([
  ['removeToken', 'closes_endpoint', 'remove the token (hooklatch token remove NAME), which closes an active endpoint'],
  [
    'deconfigure',
    'discards_held',
    'deconfigure the endpoint (hooklatch endpoint deconfigure NAME --discard-held), and the held events are never published',
  ],
  ['rotateToken', 'ends_grace', 'rotate the token (hooklatch token rotate NAME --force), which ends the grace'],
  [
    'changeAuth',
    'ends_grace',
    'configure the endpoint with new values (hooklatch endpoint configure NAME --file - with "force": true in the file), which ends the grace',
  ],
  [
    'deconfigure',
    'ends_url',
    'deconfigure the endpoint (hooklatch endpoint deconfigure NAME), which permanently ends its URL',
  ],
  [
    'release',
    'publishes_held',
    'release the endpoint (hooklatch endpoint release NAME), which publishes the held events',
  ],
  ['openHandshake', 'start_at_sender', 'open the handshake (hooklatch handshake open NAME) and start it at the sender'],
  ['configure', 'without_values', 'configure the endpoint (hooklatch endpoint configure NAME) without values'],
])('%s, which is %s, is said so', (verb, reason, expected) => {
  expect(stepText({ verb, reason })).toBe(expected);
});

test.each([
  [
    { code: 'action_not_allowed', endpointStatus: 'unconfigured', steps: [{ verb: 'configure' }] },
    'There is no endpoint. Configure the endpoint (hooklatch endpoint configure orders). (action_not_allowed)',
  ],
  [
    {
      code: 'action_not_allowed',
      endpointStatus: 'active',
      steps: [{ verb: 'deactivate' }, { verb: 'removeToken' }, { verb: 'deconfigure' }],
    },
    'This is not possible while the endpoint is active. First deactivate the endpoint (hooklatch endpoint deactivate orders), then remove the token (hooklatch token remove orders), then deconfigure the endpoint (hooklatch endpoint deconfigure orders). (action_not_allowed)',
  ],
  [
    {
      ...{
        code: 'rotation_in_progress',
        endpointStatus: 'active',
        steps: [{ verb: 'endGrace' }, { verb: 'rotateToken' }],
      },
      alternatives: [[{ verb: 'rotateToken', reason: 'ends_grace' }]],
    },
    'The grace of the previous token is still running. First end the grace (hooklatch token end-grace orders), then rotate the token (hooklatch token rotate orders). Or rotate the token (hooklatch token rotate orders --force), which ends the grace. (rotation_in_progress)',
  ],
  [
    { code: 'held', count: 1, complete: true, steps: [{ verb: 'release', reason: 'publishes_held' }] },
    'The endpoint is held. 1 event waits for its release. Release the endpoint (hooklatch endpoint release orders), which publishes the held events. (held)',
  ],
  [
    { code: 'held', count: 5000, complete: false, steps: [{ verb: 'release' }] },
    'The endpoint is held. At least 5000 events wait for its release. Release the endpoint (hooklatch endpoint release orders). (held)',
  ],
  [
    { code: 'held', steps: [{ verb: 'release' }] },
    'The endpoint is held. Release the endpoint (hooklatch endpoint release orders). (held)',
  ],
])('the text of %j is made of its steps', (problem, expected) => {
  expect(shown(problem, 'orders')).toBe(expected);
});

test.each([
  [
    'secret_from_elsewhere',
    'This endpoint does not get its secret in a handshake: generate a token, or enter the secret that the sender shows.',
  ],
  ['no_secret_needed', 'This endpoint needs no secret, so a handshake cannot deliver one.'],
  ['active', 'This is not possible while the endpoint is active.'],
])('without steps, the cause %s says why', (cause, expected) => {
  expect(shown({ code: 'action_not_allowed', endpointStatus: 'active', cause, steps: [] })).toBe(
    `${expected} (action_not_allowed)`,
  );
});

test('a cause says more than the status', () => {
  const problem = { code: 'action_not_allowed', endpointStatus: 'inactive', cause: 'test_needs_active' };
  expect(shown({ ...problem, steps: [{ verb: 'activate' }, { verb: 'test' }] }, 'orders')).toBe(
    'Only an active endpoint can be tested. First activate the endpoint (hooklatch endpoint activate orders), then test the endpoint (hooklatch endpoint test orders). (action_not_allowed)',
  );
});

test('without a name, the commands have NAME in its place', () => {
  expect(shown({ code: 'token_required', steps: [{ verb: 'activate' }] })).toBe(
    'There is no token. Activate the endpoint (hooklatch endpoint activate NAME). (token_required)',
  );
});

test.each([
  { code: 'held', steps: [] },
  { code: 'held' },
  { code: 'unheard_of', steps: [{ verb: 'release' }] },
  { code: 'action_not_allowed', steps: [{ verb: 'release' }] },
  { code: 'action_not_allowed', endpointStatus: 'melted', steps: [{ verb: 'release' }] },
])('the text of %j is the text of the API', ({ code, ...problem }) => {
  expect(shown({ code, detail: 'Its text.', ...problem }, 'orders')).toBe(`Its text. (${code})`);
});

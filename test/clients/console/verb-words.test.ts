/** Refusals of the lifecycle in the words of the console. */
import { expect, test } from '@jest/globals';
import { refusalInControls, stepInControls } from '../../../clients/console/shell/verb-words.ts';
import type { Verb } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import type { StepReason } from '../../../shared/endpoints/endpoint/step.ts';

const words: Record<Verb, string> = {
  edit: 'change the connection',
  delete: 'delete the connection (“Delete connection”)',
  configure: 'configure the endpoint (“Configure”)',
  generateToken: 'generate a token, or paste the secret of the sender (“Generate token”)',
  revealToken: 'reveal the token (“Reveal”)',
  rotateToken: 'rotate the token (“Rotate token”)',
  changeAuth: 'change how webhooks are verified (“Edit”)',
  endGrace: 'end the grace (“End grace now”)',
  removeToken: 'remove the token (“Edit”, then “Remove the token”)',
  activate: 'activate the endpoint (“Activate”)',
  deactivate: 'deactivate the endpoint (“Deactivate”)',
  hold: 'hold the endpoint (“Hold”)',
  release: 'release the endpoint (“Release”)',
  openHandshake: 'open the handshake (“Open handshake”)',
  confirmHandshake: 'confirm the delivered secret (“Confirm the secret”)',
  closeHandshake: 'close the handshake (“Close handshake”)',
  test: 'test the endpoint (“Test”)',
  deconfigure: 'deconfigure the endpoint (“Deconfigure”)',
};

test.each(Object.entries(words) as [Verb, string][])('the verb %s has its words', (verb, expected) => {
  expect(stepInControls({ verb })).toBe(expected);
});

test.each<[Verb, StepReason, string]>([
  [
    'removeToken',
    'closes_endpoint',
    'remove the token (“Edit”, then “Remove the token”), which closes an active endpoint',
  ],
  ['deconfigure', 'discards_held', 'deconfigure the endpoint (“Deconfigure”), and the held events are never published'],
  ['rotateToken', 'ends_grace', 'rotate the token (“Rotate token”), which ends the grace'],
  ['deconfigure', 'ends_url', 'deconfigure the endpoint (“Deconfigure”), which permanently ends its URL'],
  ['release', 'publishes_held', 'release the endpoint (“Release”), which publishes the held events'],
  ['openHandshake', 'start_at_sender', 'open the handshake (“Open handshake”) and start it at the sender'],
  ['configure', 'without_values', 'configure the endpoint (“Configure”) without values'],
])('%s, which is %s, is said so', (verb, reason, expected) => {
  expect(stepInControls({ verb, reason })).toBe(expected);
});

test.each([
  [
    {
      code: 'held',
      count: 3,
      complete: true,
      steps: [{ verb: 'release', reason: 'publishes_held' }, { verb: 'deconfigure' }],
      alternatives: [[{ verb: 'deconfigure', reason: 'discards_held' }]],
    },
    'The endpoint is held. 3 events wait for its release. First release the endpoint (“Release”), which publishes the held events, then deconfigure the endpoint (“Deconfigure”). Or deconfigure the endpoint (“Deconfigure”), and the held events are never published.',
  ],
  [
    { code: 'action_not_allowed', endpointStatus: 'inactive', steps: [{ verb: 'activate' }, { verb: 'test' }] },
    'This is not possible while the endpoint is inactive. First activate the endpoint (“Activate”), then test the endpoint (“Test”).',
  ],
  [{ code: 'action_not_allowed', endpointStatus: 'active', steps: [] }, undefined],
  [{ code: 'version_mismatch', version: 3 }, undefined],
])('the text of %j', (problem, expected) => {
  expect(refusalInControls(problem)).toBe(expected);
});

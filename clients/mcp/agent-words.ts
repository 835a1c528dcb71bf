/**
 * How the server for agents words the answers of the API. An agent has neither options nor requests: it has the tools, and what no tool
 * does is said to be for a person.
 */
import type { Verb } from '../../shared/endpoints/endpoint/lifecycle.ts';
import { reasonWords, refusalText, type Step } from '../../shared/endpoints/endpoint/step.ts';
import type { Words } from '../../shared/ground/base/advice.ts';
import { answerTexts } from '../../shared/operators/api/answer-text.ts';

/** What each verb does, and how: by which tool, or by a person. */
const verbWords: Record<Verb, readonly [does: string, how: string]> = {
  edit: ['change the connection', 'a person does that'],
  delete: ['delete the connection', 'a person does that'],
  configure: ['configure the endpoint', 'a person does that'],
  generateToken: ['generate a token, or adopt the secret of the sender', 'a person does that'],
  revealToken: ['reveal the token', 'a person does that'],
  rotateToken: ['rotate the token', 'a person does that'],
  changeAuth: ['configure the endpoint with new values', 'a person does that'],
  endGrace: ['end the grace', 'a person does that'],
  removeToken: ['remove the token', 'a person does that'],
  activate: ['activate the endpoint', 'activate_endpoint'],
  deactivate: ['deactivate the endpoint', 'deactivate_endpoint'],
  hold: ['hold the endpoint', 'hold_endpoint'],
  release: ['release the endpoint', 'release_endpoint'],
  openHandshake: ['open the handshake', 'a person does that'],
  confirmHandshake: ['confirm the delivered secret', 'a person does that'],
  closeHandshake: ['close the handshake', 'a person does that'],
  test: ['test the endpoint', 'send_test'],
  deconfigure: ['deconfigure the endpoint', 'a person does that'],
};

const stepText = ({ verb, reason }: Step): string => {
  const [does, how] = verbWords[verb];
  return `${does} (${how})${reason === undefined ? '' : reasonWords[reason]}`;
};

const words: Words = {
  Adopt: 'Adopt',
  adopt: 'adopt',
  endpointSecret: 'the secret of your Hooklatch endpoint',
  verifyToken: 'the verify token of your Hooklatch endpoint',
  enterSecret: 'a person enters it',
  adoptToken: 'a person does that',
  openHandshake: 'a person does that',
  askToPublish: 'No tool tests this step.',
  seeRelease: ' See the progress with get_replay, of the replay {replayId}.',
  listConnections: 'list_connections shows them',
  listOperators: 'a person can list them',
  listProviders: 'list_providers shows them',
  addOperator: 'a person does that',
  otherVersion: 'The version is {wanted}, but the connection has version {version}. Read it again.',
  setting: (path) => path,
  sendSecret: () => 'Then a person enters it.',
};

/** @param name the connection's name. Without it, the texts have `NAME` in its place */
export const agentTexts = (name = 'NAME') =>
  answerTexts(words, name, (problem) => refusalText(problem, verbWords, stepText));

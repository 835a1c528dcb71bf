/** How the console words the answers of the API: the only list of its words, and the only reader of the API's own texts. */

import type { Words } from '../../../shared/ground/base/advice.ts';
import { answerTexts } from '../../../shared/operators/api/answer-text.ts';
import { text } from '../text.ts';
import { faultInForms, settingPlace } from './field-words.ts';
import { refusalInControls } from './verb-words.ts';

const words: Words = {
  Adopt: 'Paste',
  adopt: 'paste',
  endpointSecret: 'the token',
  verifyToken: 'the verify token',
  enterSecret: 'paste it',
  adoptToken: `“${text.token.generate}”`,
  openHandshake: `“${text.handshake.open}”`,
  askToPublish: 'This test publishes nothing.',
  seeRelease: '',
  listConnections: `The page “${text.connections.title}” shows them`,
  listOperators: `The page “${text.operators.title}” shows them`,
  listProviders: 'The list of providers shows them',
  addOperator: `“${text.operators.add}”`,
  otherVersion: text.problem.changed,
  setting: settingPlace,
  sendSecret: () => `Its field is on the tab “${text.connection.tabs.endpoint}”.`,
};

export const texts = answerTexts(
  words,
  '',
  (problem, said) => refusalInControls(problem) ?? faultInForms(problem, said),
);

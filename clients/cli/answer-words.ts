/** How the command line words the answers of the API: the only list of its words, and the only reader of the API's own texts. */

import type { Words } from '../../shared/ground/base/advice.ts';
import { answerTexts } from '../../shared/operators/api/answer-text.ts';
import { faultInOptions } from './field-words.ts';
import { commandOf, refusalInCommands } from './verb-words.ts';

const words: Words = {
  Adopt: 'Adopt',
  adopt: 'adopt',
  endpointSecret: 'the secret of your Hooklatch endpoint',
  verifyToken: 'the verify token of your Hooklatch endpoint',
  enterSecret: 'send it as {field}',
  adoptToken: `${commandOf('generateToken')} --value-stdin`,
  openHandshake: commandOf('openHandshake'),
  askToPublish: 'To test this step too, add --publish.',
  seeRelease: ' See the progress: hooklatch replays show {name} {replayId}',
  listConnections: 'hooklatch connections list shows them',
  listOperators: 'hooklatch operators list shows them',
  listProviders: 'hooklatch providers list shows them',
  addOperator: 'hooklatch operators create',
  otherVersion: '--if-version is {wanted}, but the connection has version {version}. Read it again.',
  setting: (path) => path,
  sendSecret({ verb, field }) {
    const inFile = verb === 'changeAuth' ? 'with values {"{field}": "…"}' : '--file - with {"{field}": "…"} on stdin';
    const isOption = verb !== 'changeAuth' && field === 'value';
    return `Then send it as {field}: ${commandOf(verb)} ${isOption ? '--value-stdin' : inFile}.`;
  },
};

/** @param name the connection's name. Without it, the commands have `NAME` in its place */
export const textsAbout = (name = 'NAME') =>
  answerTexts(words, name, (problem, said) => refusalInCommands(problem, name) ?? faultInOptions(problem, said));

/** What an agent reads has no option of the command line, no request and no field that no tool takes. */
import { expect, test } from '@jest/globals';
import { agentTexts } from '../../../clients/mcp/agent-words.ts';
import { verbs } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import type { Advice } from '../../../shared/ground/base/advice-schema.ts';
import { type AdviceCode, adviceTexts, refusalTexts } from '../../../shared/ground/base/advice-text.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

/** An option, a request, a field of a request, a command. */
const foreign = /(?:^|\s)--[a-z]|If-Match|publish: true|\b(?:GET|POST|PUT|PATCH|DELETE) \/|…\/|hooklatch [a-z]+ [a-z]/;
const secret = { code: 'secret_from_sender', where: 'the page', verb: 'generateToken', field: 'value' } as const;
const facts = { wanted: 3, version: 4, replayId: 'run_1', reason: 'token_missing', field: 'value' };
const texts = agentTexts('orders');

test.each(Object.keys(adviceTexts) as AdviceCode[])('advice: %s', (code) => {
  const text = texts.said({ facts: [{ ...facts, code, secret } as unknown as Advice] }, '');
  expect([typeof text, foreign.exec(text)?.[0]]).toEqual(['string', undefined]);
});

test.each(Object.keys(refusalTexts))('refusal: %s', (code) => {
  const text = texts.problem(new ApiError(409, { ...facts, code, detail: '' }, undefined));
  expect([typeof text, foreign.exec(text)?.[0]]).toEqual(['string', undefined]);
});

test.each(verbs)('the way to: %s', (verb) => {
  const problem = { code: 'action_not_allowed', cause: 'configured', endpointStatus: 'configured', steps: [{ verb }] };
  const text = texts.problem(new ApiError(409, { ...problem, detail: '' }, undefined));
  expect([text.length > 20, foreign.test(text)]).toEqual([true, false]);
});

test.each([
  ['version_mismatch', { wanted: 3, version: 4 }, 'The version is 3, but the connection has version 4. Read it again.'],
  ['connection_not_found', {}, 'There is no connection of this name. list_connections shows them.'],
])('%s', (code, more, said) => {
  expect(texts.problem(new ApiError(412, { code, detail: '', ...more }, undefined))).toBe(said);
});

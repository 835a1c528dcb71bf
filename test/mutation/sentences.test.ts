import { expect, test } from '@jest/globals';
import { isSentence } from './sentences.ts';

test.each([
  'must be a JSON pointer, such as /token',
  'value is value; it must be a whole number above 0',
  "The sender's clock is late.",
  'A body of this type',
])('%s is a sentence', (text) => {
  expect(isSentence(text)).toBe(true);
});

test.each([
  '',
  'token_required',
  'x-hub-signature-256',
  'application/json; charset=utf-8',
  'ADD #events :events SET expiresAt = :expiresAt, lastAt = :lastAt',
  'attribute_not_exists(id) OR expiresAt <= :now',
  '#shard = :shard AND #at BETWEEN :least AND :greatest',
  'REMOVE held SET releasedAt = :now',
  'connectionId, expiresAt, held, replayRun, test',
  'Basic realm="hooks"',
])('%s is not a sentence', (text) => {
  expect(isSentence(text)).toBe(false);
});

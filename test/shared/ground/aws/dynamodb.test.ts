import { expect, test } from '@jest/globals';
import { dynamodb } from '../../../../shared/ground/aws/dynamodb.ts';

test('a client repeats a failed call, unless it may send a call only once', async () => {
  expect(await dynamodb().config.maxAttempts()).toBeGreaterThan(1);
  expect(await dynamodb(1).config.maxAttempts()).toBe(1);
});

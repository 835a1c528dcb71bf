import { expect, test } from '@jest/globals';
import { journalKey, keyPattern, sharedJournalKey } from '../../../../shared/ground/aws/journal-key.ts';

test('a kind of a connection has one partition for each connection, and a policy that matches all of them', () => {
  expect(journalKey('use', 'con_1')).toBe('use#con_1');
  expect(keyPattern('use')).toBe('use#*');
  expect(keyPattern('given_up')).toBe('given_up#*');
});

test('any other kind has one partition, and a policy that matches only this one', () => {
  expect(sharedJournalKey('alerts')).toBe('alerts');
  expect(keyPattern('alerts')).toBe('alerts');
});

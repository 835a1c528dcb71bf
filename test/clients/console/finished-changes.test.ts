import { expect, it } from '@jest/globals';
import { finishedChanges } from '../../../clients/console/history/finished-changes.ts';

const entry = (requestId: string, verb: string, step?: string) => ({ requestId, verb, ...(step && { step }) });

it('a change in two writes is one line', () => {
  const done = entry('r2', 'rotateToken');
  const created = entry('r1', 'create');
  expect(finishedChanges([done, entry('r2', 'rotateToken', 'begin'), created])).toEqual([done, created]);
});

it('a change that never ended stays', () => {
  const begun = entry('r1', 'rotateToken', 'begin');
  expect(finishedChanges([entry('r2', 'rotateToken'), begun])).toEqual([entry('r2', 'rotateToken'), begun]);
});

it('a change that somebody else gave up keeps both entries', () => {
  const entries = [entry('r2', 'generateToken', 'abandon'), entry('r1', 'generateToken', 'begin')];
  expect(finishedChanges(entries)).toEqual(entries);
});

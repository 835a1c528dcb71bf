import { expect, test } from '@jest/globals';
import { selfTestSchema } from '../../../../shared/endpoints/endpoint/self-test-view.ts';

const result = {
  eventId: 'evt_1',
  passed: false,
  note: 'The sender itself was not tested.',
  steps: [
    { step: 'resolved', outcome: 'passed', ms: 3 },
    { step: 'reached', outcome: 'failed', ms: 7, detail: 'Nothing answered.' },
    { step: 'authorized', outcome: 'skipped' },
  ],
};

test('the answer to a self-test has exactly these fields', () => {
  expect(selfTestSchema.parse({ ...result, token: 'fake-token-01' })).toEqual(result);
  expect(selfTestSchema.parse({ eventId: null, passed: true, steps: [] })).toEqual({
    eventId: null,
    passed: true,
    steps: [],
  });
});

test.each([{ step: 'delivered', outcome: 'passed' }, { step: 'stored', outcome: 'lost' }, { step: 'stored' }])(
  'the answer to a self-test has no step %j',
  (step) => {
    expect(selfTestSchema.safeParse({ ...result, steps: [step] }).success).toBe(false);
  },
);

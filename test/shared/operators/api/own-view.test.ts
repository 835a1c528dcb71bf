import { describe, expect, test } from '@jest/globals';
import { ownViewOf } from '../../../../shared/operators/api/own-view.ts';
import { ownViewSchema } from '../../../../shared/operators/operator/operator-view.ts';

describe('the own view of an operator', () => {
  const identity = { id: 'op_1', name: 'ada', role: 'connection_admin' } as const;

  test('lists what an admin may do apart from connections', () => {
    expect(ownViewOf(identity, 'unlimited')).toEqual({
      ...identity,
      allowedActions: [
        'createConnection',
        'createDestination',
        'changeDestination',
        'listOperators',
        'createOperator',
        'revokeOperator',
      ],
    });
  });

  test('has the latest expiry that an admin may give, if there is one', () => {
    expect(ownViewOf(identity, new Date('2026-03-02T12:00:00.000Z'))).toMatchObject({
      allowedActions: [
        'createConnection',
        'createDestination',
        'changeDestination',
        'listOperators',
        'createOperator',
        'revokeOperator',
      ],
      latestOperatorExpiry: '2026-03-02T12:00:00.000Z',
    });
  });

  test('does not list the creation of operators for an admin who may create none', () => {
    expect(ownViewOf(identity, 'none')).toEqual({
      ...identity,
      allowedActions: ['createConnection', 'createDestination', 'changeDestination', 'listOperators', 'revokeOperator'],
    });
  });

  test.each(['none', 'unlimited', new Date()] as const)('lists nothing for a flow_designer: %s', (latest) => {
    const view = ownViewOf({ ...identity, role: 'flow_designer' }, latest);
    expect(view).toEqual({ ...identity, role: 'flow_designer', allowedActions: [] });
  });

  test('has exactly these fields in the answer', () => {
    const view = {
      ...identity,
      expiresAt: '2026-03-02T12:00:00.000Z',
      allowedActions: ['createConnection'],
      latestOperatorExpiry: '2026-03-02T12:00:00.000Z',
    };
    expect(ownViewSchema.parse({ ...view, digest: 'fake-digest' })).toEqual(view);
  });
});

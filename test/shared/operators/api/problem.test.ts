/** The status of each code, and how a refusal becomes an answer. */
import { describe, expect, test } from '@jest/globals';
import { faultAt, Refusal } from '../../../../shared/ground/base/refusal.ts';
import { Problem, problemCodes, problemOf } from '../../../../shared/operators/api/problem.ts';

test('each code has its status', () => {
  expect(problemCodes).toEqual({
    400: ['invalid_cursor', 'invalid_if_match', 'invalid_json', 'invalid_limit', 'invalid_range', 'invalid_request'],
    403: ['body_withheld', 'forbidden', 'oidc_operators_not_allowed', 'operator_revoked', 'role_required'],
    404: [
      ...[
        'connection_not_found',
        'delivery_not_found',
        'destination_not_found',
        'event_not_found',
        'operator_not_found',
        'provider_not_found',
        'redelivery_not_found',
        'replay_not_found',
      ],
      'route_not_found',
    ],
    405: ['method_not_allowed'],
    409: [
      ...['action_not_allowed', 'connection_exists', 'delivery_ended', 'delivery_expired', 'delivery_not_ended'],
      ...['destination_exists', 'destination_in_use', 'destination_paused', 'held', 'last_admin', 'managed_by_other'],
      ...['nothing_delivered', 'operator_exists', 'redelivery_in_progress'],
      ...['release_not_cancellable', 'replay_in_progress', 'rotation_in_progress', 'superseded', 'token_exists'],
      ...['token_required', 'too_many_asked', 'too_many_operators', 'window_closed'],
    ],
    412: ['version_mismatch'],
    413: ['body_too_large'],
    415: ['unsupported_media_type'],
    422: [
      ...['delivery_id_not_signed', 'expiry_too_late', 'invalid_request', 'invalid_scheme', 'range_empty'],
      ...[
        'range_in_future',
        'rate_too_high',
        'raw_with_split',
        'record_too_large',
        'replay_guard',
        'secret_made_by_sender',
      ],
      ...['split_unknown', 'token_not_usable'],
    ],
    500: ['body_missing', 'internal_error'],
  });
});

describe('the problem that answers a failure', () => {
  test('has the status, the text and the facts of a refusal', () => {
    const problem = problemOf(
      new Refusal('rate_too_high', 'At most 100.', { ceiling: 100, ...faultAt('rate', 'is high') }),
    );
    expect(problem?.toJSON('r1')).toEqual({
      type: 'urn:hooklatch:problem:rate_too_high',
      title: 'Unprocessable content',
      status: 422,
      code: 'rate_too_high',
      detail: 'At most 100.',
      requestId: 'r1',
      ceiling: 100,
      errors: [{ path: 'rate', pointer: '/rate', message: 'is high' }],
    });
    expect(problem?.headers).toEqual({});
  });

  test('has no more members if a refusal has no facts', () => {
    const problem = problemOf(new Refusal('body_missing', 'It is gone.'));
    expect(Object.keys(problem?.toJSON('r1') ?? {})).toEqual([
      ...['type', 'title', 'status', 'code', 'detail', 'requestId'],
    ]);
  });

  test('is the problem itself, with another status if it has one', () => {
    const problem = new Problem('invalid_request', 'The query is wrong.', { status: 400 });
    expect(problemOf(problem)).toBe(problem);
    expect([problem.status, new Problem('invalid_request', 'The body is wrong.').status]).toEqual([400, 422]);
  });

  test.each([new Error('a fake cause'), undefined, { code: 'held', message: 'It is held.' }])(
    'is not made for an error of ours: %j',
    (error) => {
      expect(problemOf(error)).toBeUndefined();
    },
  );
});

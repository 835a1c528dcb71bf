import { describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { resolveVerb, type Verb, verbs } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import { nextStep } from '../../../../shared/endpoints/endpoint/next-step.ts';
import type { Guard } from '../../../../shared/endpoints/settings/auth.ts';
import { tokenGuard } from './given-record.ts';

const now = new Date('2026-03-01T12:00:00Z');
const token = { id: 't1', createdAt: '2026-02-01T12:00:00.000Z', createdBy: 'bootstrap', holds: 'bearer' } as const;
const hold = { id: 'h1', since: '2026-02-28T12:00:00.000Z' };

const anEndpoint = (more: Partial<Endpoint> = {}): Endpoint => ({
  id: '0123456789abcdefghijkl',
  status: 'active',
  settings: {},
  guard: tokenGuard,
  tokens: [token],
  ...more,
});

const secretFrom = (maker: Guard['secretFrom']): Guard => ({ ...tokenGuard, secretFrom: maker });

describe('deconfiguring an active endpoint', () => {
  test('lists every step in order', () => {
    expect(nextStep(anEndpoint(), 'deconfigure').detail).toBe(
      'First deactivate the endpoint (POST …/endpoint/deactivate), then remove the token (DELETE …/endpoint/token), then repeat this.',
    );
  });

  test('mentions no token if there is none', () => {
    expect(nextStep(anEndpoint({ tokens: [] }), 'deconfigure').detail).toBe(
      'First deactivate the endpoint (POST …/endpoint/deactivate), then repeat this.',
    );
  });

  test('says how to publish or discard held events', () => {
    expect(nextStep(anEndpoint({ status: 'inactive', hold }), 'deconfigure').detail).toBe(
      'First remove the token (DELETE …/endpoint/token), then release the endpoint to publish the held events (POST …/endpoint/release), then repeat this. Or, to discard the held events: remove the token (DELETE …/endpoint/token), then repeat this with ?discardHeld=true.',
    );
  });

  test('does not advise a step that the request already does', () => {
    expect(nextStep(anEndpoint({ status: 'inactive', hold }), 'deconfigure', true).detail).toBe(
      'First remove the token (DELETE …/endpoint/token), then repeat this.',
    );
  });
});

test.each<[Verb, Partial<Endpoint> | null, string]>([
  ['generateToken', null, 'There is no endpoint. First configure one (PUT …/endpoint).'],
  ['activate', null, 'There is no endpoint. First configure one (PUT …/endpoint).'],
  [
    'changeAuth',
    null,
    'There is no endpoint, so there are no values to replace. First configure it without values (PUT …/endpoint), then generate or adopt a token (POST …/endpoint/token).',
  ],
  [
    'delete',
    { status: 'configured', tokens: [] },
    'A connection can be deleted only while it has no endpoint. First deconfigure the endpoint (DELETE …/endpoint), which permanently ends its URL, then repeat this.',
  ],
  [
    'delete',
    { status: 'inactive' },
    'A connection can be deleted only while it has no endpoint. First remove the token (DELETE …/endpoint/token), then deconfigure the endpoint (DELETE …/endpoint), which permanently ends its URL, then repeat this.',
  ],
  [
    'delete',
    { status: 'inactive', tokens: [], hold },
    'A connection can be deleted only while it has no endpoint. First deconfigure the endpoint (DELETE …/endpoint), which permanently ends its URL, then repeat this. The endpoint is held. To publish the held events, release it first (POST …/endpoint/release). To discard them, deconfigure it with ?discardHeld=true.',
  ],
  [
    'edit',
    { status: 'active', tokens: [] },
    'A connection can change its provider only while it has no endpoint. First deactivate the endpoint (POST …/endpoint/deactivate), then deconfigure the endpoint (DELETE …/endpoint), which permanently ends its URL, then repeat this.',
  ],
  [
    'test',
    { status: 'inactive' },
    'Only an active endpoint can be tested. First activate the endpoint (POST …/endpoint/activate), then repeat this.',
  ],
  [
    'test',
    { status: 'configured', tokens: [] },
    'Only an active endpoint can be tested. First generate or adopt a token (POST …/endpoint/token), then activate the endpoint (POST …/endpoint/activate), then repeat this.',
  ],
  [
    'test',
    { status: 'inactive', tokens: [], guard: secretFrom('sender') },
    'Only an active endpoint can be tested. First activate the endpoint (POST …/endpoint/activate), then repeat this.',
  ],
  ['activate', {}, 'This is not possible while the endpoint is active. allowedActions lists what is.'],
  [
    'openHandshake',
    { status: 'inactive', tokens: [], guard: secretFrom('handshake') },
    'Only an active endpoint accepts a secret from its sender. First activate the endpoint (POST …/endpoint/activate), then repeat this.',
  ],
  [
    'openHandshake',
    { guard: secretFrom('sender') },
    'This endpoint does not get its secret in a handshake: secretFrom is sender. Generate or adopt it: POST …/endpoint/token.',
  ],
  [
    'openHandshake',
    { guard: secretFrom('nobody') },
    'This endpoint needs no secret, so a handshake cannot deliver one.',
  ],
])('a refused %s with %j says what to do first', (verb, more, expected) => {
  expect(nextStep(more && anEndpoint(more), verb).detail).toBe(expected);
});

test('every refusal by the lifecycle has advice', () => {
  const statuses = ['configured', 'active', 'inactive'] as const;
  const endpoints = [null, ...statuses.map((status) => anEndpoint({ status }))];
  const refused = endpoints.flatMap((endpoint) =>
    verbs.flatMap((verb) => {
      const said = resolveVerb(endpoint, verb, now);
      return said !== 'same' && 'refused' in said && said.refused === 'action_not_allowed'
        ? [nextStep(endpoint, verb).detail]
        : [];
    }),
  );
  expect(refused.length).toBeGreaterThan(20);
  expect(refused.filter((detail) => /allowedActions/.test(detail))).toEqual([]);
});

test.each<[Verb, Partial<Endpoint> | null, string | undefined]>([
  ['activate', null, 'unconfigured'],
  ['changeAuth', null, 'no_values'],
  ['deconfigure', {}, 'active'],
  // The code says why: there is a token.
  ['deconfigure', { status: 'inactive' }, undefined],
  ['delete', { status: 'inactive' }, 'delete_needs_no_endpoint'],
  ['edit', { hold }, 'edit_needs_no_endpoint'],
  ['test', { status: 'inactive' }, 'test_needs_active'],
  ['openHandshake', { status: 'inactive', guard: secretFrom('handshake') }, 'handshake_needs_active'],
  ['openHandshake', { guard: secretFrom('sender') }, 'secret_from_elsewhere'],
  ['openHandshake', { guard: secretFrom('nobody') }, 'no_secret_needed'],
  ['hold', { status: 'configured' }, 'configured'],
])('a refused %s with %j has the cause %s', (verb, more, cause) => {
  expect(nextStep(more && anEndpoint(more), verb).cause).toBe(cause);
});

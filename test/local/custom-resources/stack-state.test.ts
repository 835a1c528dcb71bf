import { describe, expect, test } from '@jest/globals';
import type { Change, CustomResource, Declaration } from '../../../local/custom-resources/custom-resource.ts';
import {
  changeTo,
  committed,
  deleted,
  failed,
  fulfilled,
  noResources,
  notRolledBack,
  refused,
  rollbackChanges,
  rolledBack,
  type StackState,
  sending,
  withPolicies,
} from '../../../local/custom-resources/stack-state.ts';

const declaration = (name: string, more: Partial<Declaration> = {}): Declaration => ({
  type: 'Custom::Endpoint',
  properties: { ServiceToken: 'arn', name },
  deletionPolicy: 'Delete',
  updateReplacePolicy: 'Delete',
  ...more,
});

const resource = (name: string, physicalId: string, more: Partial<Declaration> = {}): CustomResource => ({
  ...declaration(name, more),
  physicalId,
  attributes: { url: `https://${physicalId}` },
});

const identity = (logicalId: string) => ({ requestId: `request-${logicalId}`, logicalId });
const creation = (logicalId: string, wanted: Declaration): Change => ({ ...identity(logicalId), wanted });
const update = (logicalId: string, wanted: Declaration, current: CustomResource): Change => ({
  ...identity(logicalId),
  wanted,
  current,
});
const answer = (physicalId: string) => ({ physicalId, attributes: { url: `https://${physicalId}` } });
const existing = (resources: StackState['resources']): StackState => ({ resources, obsolete: [] });
const ids = ({ obsolete }: StackState) => obsolete.map((each) => [each.logicalId, each.resource.physicalId]);

/** Sends a request that its function fulfils. */
const done = (state: StackState, change: Change, physicalId: string): StackState =>
  fulfilled(sending(state, change), change, answer(physicalId));

describe('the request for a declared resource', () => {
  test('creates it if it is not known', () => {
    expect(changeTo(declaration('a'), undefined, identity('A'))).toEqual(creation('A', declaration('a')));
  });

  test('updates it if a property differs, at any depth', () => {
    const old = resource('a', 'id-a', { properties: { ServiceToken: 'arn', auth: { accept: ['x'] } } });
    const wanted = declaration('a', { properties: { ServiceToken: 'arn', auth: { accept: ['x', 'y'] } } });
    expect(changeTo(wanted, old, identity('A'))).toEqual(update('A', wanted, old));
  });

  test('is none if the properties are the same in another order', () => {
    const wanted = declaration('a', { properties: { name: 'a', ServiceToken: 'arn' } });
    expect(changeTo(wanted, resource('a', 'id-a'), identity('A'))).toBeUndefined();
  });

  test('is one if the type differs, so that the change can be refused', () => {
    const wanted = declaration('a', { type: 'Custom::Other' });
    expect(changeTo(wanted, resource('a', 'id-a'), identity('A'))).toMatchObject({ wanted: { type: 'Custom::Other' } });
  });

  test('is none if only a policy differs, and the policy is adopted', () => {
    const wanted = declaration('a', { deletionPolicy: 'Retain', updateReplacePolicy: 'Retain' });
    const state = existing({ A: resource('a', 'id-a') });
    expect(changeTo(wanted, state.resources['A'], identity('A'))).toBeUndefined();
    expect(withPolicies(state, 'A', wanted).resources['A']).toEqual({ ...resource('a', 'id-a'), ...wanted });
  });
});

describe('an update that succeeds', () => {
  test('remembers the request until it is answered, and what was before until the end', () => {
    const before = { A: resource('a', 'id-a') };
    const change = creation('B', declaration('b'));
    const sent = sending(existing(before), change);
    expect(sent).toEqual({ resources: before, before, sent: change, obsolete: [] });
    const next = creation('C', declaration('c'));
    expect(sending(fulfilled(sent, change, answer('id-b')), next).before).toEqual(before);
    expect(committed(fulfilled(sent, change, answer('id-b')), ['A', 'B'])).toEqual(
      existing({ A: resource('a', 'id-a'), B: resource('b', 'id-b') }),
    );
  });

  test('deletes the old resource if the function answered with another id', () => {
    const old = resource('a', 'id-a');
    const state = done(existing({ A: old }), update('A', declaration('b'), old), 'id-b');
    expect(ids(committed(state, ['A']))).toEqual([['A', 'id-a']]);
  });

  test('keeps the old resource if the template says so', () => {
    const old = resource('a', 'id-a');
    const wanted = declaration('b', { updateReplacePolicy: 'Retain' });
    const state = committed(done(existing({ A: old }), update('A', wanted, old), 'id-b'), ['A']);
    expect(state).toEqual(existing({ A: resource('b', 'id-b', { updateReplacePolicy: 'Retain' }) }));
  });

  test('deletes what left the template, dependents first, unless it is to be kept', () => {
    const state = existing({
      A: resource('a', 'id-a'),
      B: resource('b', 'id-b', { deletionPolicy: 'Retain' }),
      C: resource('c', 'id-c', { deletionPolicy: 'RetainExceptOnCreate' }),
      D: resource('d', 'id-d'),
      E: resource('e', 'id-e'),
    });
    const after = committed(state, ['E']);
    expect(after.resources).toEqual({ E: resource('e', 'id-e') });
    expect(ids(after)).toEqual([
      ['D', 'id-d'],
      ['A', 'id-a'],
    ]);
  });

  test('does not delete what another name of the template has now', () => {
    const state = existing({ Old: resource('a', 'id-a') });
    const after = committed(done(state, creation('New', declaration('a')), 'id-a'), ['New']);
    expect(after).toEqual(existing({ New: resource('a', 'id-a') }));
  });

  test('orders the resources as the template does', () => {
    const state = existing({ A: resource('a', 'id-a'), B: resource('b', 'id-b') });
    expect(Object.keys(committed(state, ['B', 'A']).resources)).toEqual(['B', 'A']);
  });

  test('forgets a resource once it is deleted', () => {
    const after = committed(existing({ A: resource('a', 'id-a'), B: resource('b', 'id-b') }), []);
    expect(ids(after)).toHaveLength(2);
    expect(ids(deleted(after, after.obsolete[0] as (typeof after.obsolete)[0]))).toEqual([['A', 'id-a']]);
  });
});

describe('an update that fails', () => {
  test('deletes what a failed creation may have left, and what it created, the last one first', () => {
    const first = done(noResources, creation('A', declaration('a')), 'id-a');
    const second = done(first, creation('B', declaration('b')), 'id-b');
    const change = creation('C', declaration('c'));
    const state = failed(sending(second, change), change, 'id-c');
    expect(rollbackChanges(state, () => 'new')).toEqual([]);
    const after = rolledBack(state);
    expect([after.resources, after.before, after.sent]).toEqual([{}, undefined, undefined]);
    expect(ids(after)).toEqual([
      ['C', 'id-c'],
      ['B', 'id-b'],
      ['A', 'id-a'],
    ]);
  });

  test.each(['Retain', 'RetainExceptOnCreate'] as const)('treats what it created with the policy %s', (policy) => {
    const first = done(noResources, creation('A', declaration('a', { deletionPolicy: policy })), 'id-a');
    const change = creation('B', declaration('b', { deletionPolicy: policy }));
    const after = rolledBack(failed(sending(first, change), change, 'id-b'));
    const both = [
      ['B', 'id-b'],
      ['A', 'id-a'],
    ];
    expect([after.resources, ids(after)]).toEqual([{}, policy === 'Retain' ? [] : both]);
  });

  test('sends updates back, that of the failed resource too', () => {
    const [oldA, oldB] = [resource('a', 'id-a'), resource('b', 'id-b')];
    const first = done(existing({ A: oldA, B: oldB }), update('A', declaration('a2'), oldA), 'id-a');
    const change = update('B', declaration('b2'), oldB);
    const state = failed(sending(first, change), change, 'unused');
    const back = rollbackChanges(state, () => 'new');
    expect(back).toEqual([
      { requestId: 'new', logicalId: 'A', wanted: declaration('a'), current: resource('a2', 'id-a') },
      { requestId: 'new', logicalId: 'B', wanted: declaration('b'), current: { ...oldB, ...declaration('b2') } },
    ]);
    const after = back.reduce((at, each) => done(at, each, each.current?.physicalId ?? ''), state);
    expect(rolledBack(after)).toEqual(existing({ A: oldA, B: oldB }));
  });

  test('returns to a resource that it had replaced, and deletes the replacement', () => {
    const old = resource('a', 'id-a');
    const replaced = done(existing({ A: old }), update('A', declaration('b'), old), 'id-b');
    const change = creation('C', declaration('c'));
    const state = failed(sending(replaced, change), change, 'id-c');
    const [back] = rollbackChanges(state, () => 'new');
    expect(back).toMatchObject({ wanted: { properties: { name: 'a' } }, current: { physicalId: 'id-b' } });
    const after = rolledBack(done(state, back as Change, 'id-a'));
    expect(after.resources).toEqual({ A: old });
    expect(ids(after)).toEqual([
      ['C', 'id-c'],
      ['A', 'id-b'],
    ]);
  });

  test('remembers the old properties if the way back fails, so that the next start tries again', () => {
    const old = resource('a', 'id-a');
    const change = update('A', declaration('b'), old);
    const state = failed(sending(existing({ A: old }), change), change, 'unused');
    const [back] = rollbackChanges(state, () => 'new');
    expect(rolledBack(notRolledBack(state, back as Change))).toEqual(existing({ A: old }));
  });

  test('changes nothing if its first request is not allowed', () => {
    const state = existing({ A: resource('a', 'id-a') });
    expect(rollbackChanges(refused(state), () => 'new')).toEqual([]);
    expect(rolledBack(refused(state))).toEqual(state);
    expect(rolledBack(state)).toEqual(state);
  });
});

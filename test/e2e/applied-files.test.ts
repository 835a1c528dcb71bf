/**
 * Random sequences of files, of an operator's own changes between them, and of requests that fail or whose answer is lost, on the local
 * runtime by HTTP. `test/shared/operators/manifest/apply.property.test.ts` follows many more in memory, with a stack beside them.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apiClient } from '../../shared/operators/api/api-client.ts';
import type { OperatorRequest } from '../functions/given-operator.ts';
import { filesOn } from '../shared/operators/manifest/given-file.ts';
import { type Interception, intercepted } from '../shared/operators/manifest/given-interception.ts';
import { type SequenceWorld, sequences } from '../shared/operators/manifest/given-sequences.ts';
import { aName, aSharedRuntime, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

/** An operator's request by the key of its route. */
async function ask(key: string, { params = {}, query = {}, body }: OperatorRequest = {}) {
  const [method = '', template = ''] = key.split(' ');
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
  const answer = await world.api(method, `${path}?${new URLSearchParams(query)}`, body);
  return { status: answer.status, body: answer.text === '' ? undefined : answer.json() };
}

/** A sequence of its own has names of its own. */
function aWorld(): SequenceWorld {
  const given: Interception = {};
  const api = apiClient({
    url: world.runtime.url,
    token: world.admin,
    fetch: intercepted(given, [], fetch),
    wait: async () => undefined,
    now: () => new Date(),
  });
  return { ...filesOn(api), ask, given, suffix: aName().replace('orders', '') };
}

test('whatever files and operators do, a file that was applied is as it says, and takes nothing from others', async () => {
  const property = sequences(aWorld, (wrong) => expect(wrong).toEqual([]));
  await fc.assert(property, { numRuns: 24 });
});

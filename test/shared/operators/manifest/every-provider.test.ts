/** A file whose secret is generated, for each known sender: a secret that the API would refuse half way, the plan refuses before anything is made. */
import { expect, test } from '@jest/globals';
import { providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { ApplyStopped } from '../../../../shared/operators/manifest/apply-plan.ts';
import { aDeploymentWithFiles } from './given-file.ts';

/** What becomes of the file of one sender: the code at which the API stopped it, why the plan refused it, or that it is done. */
async function outcomeOf(provider: string, more: object): Promise<string> {
  const { planOf, apply } = aDeploymentWithFiles();
  const file = { name: 'shop', connections: { orders: { provider, token: 'generate', ...more } } };
  try {
    const refused = await apply(file);
    if (refused.length > 0) return refused.join();
  } catch (error) {
    if (error instanceof ApplyStopped) return (error.cause as { code: string }).code;
    throw error;
  }
  const plan = await planOf(file);
  return 'items' in plan && plan.items.length === 0 ? 'done' : 'not done';
}

const itself =
  'The sender of the connection orders makes the secret itself: say where it is, such as token: env:NAME. Or leave token out, until the sender shows or sends it.';

test.each<[string, object, Record<string, string>]>([
  ['its usual auth', {}, { github: 'done', stripe: itself, asana: itself, discord: itself }],
  ['a token', { auth: { kind: 'token' } }, { github: 'done', stripe: 'done' }],
  ['a secret that the sender makes', { secretFrom: 'sender' }, { github: itself, stripe: itself, generic: itself }],
  ['a secret that the operator makes', { secretFrom: 'operator' }, { github: 'done', stripe: 'done', discord: itself }],
  ['an inactive endpoint', { status: 'inactive' }, { github: 'done', stripe: itself }],
])('with %s', async (_, more, expected) => {
  const outcomes = await Promise.all(providerIds.map(async (id) => [id, await outcomeOf(id, more)] as const));
  expect(Object.fromEntries(outcomes)).toMatchObject(expected);
  // A setting that a sender needs besides is another matter.
  const others = outcomes.filter(([, outcome]) => !['done', itself, 'invalid_scheme'].includes(outcome));
  expect(others).toEqual([]);
});

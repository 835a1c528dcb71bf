/** An active endpoint of a sender, with a secret in the sender's form. */
import { type ProviderId, presetOf } from '../../shared/endpoints/provider/presets.ts';
import { fakeSecret } from '../shared/endpoints/provider/provider-samples.ts';
import { aName, type Operator, ok } from '../support/given.ts';

/** @returns the connection's path */
export async function anEndpointOf(world: Operator, id: ProviderId, settings: object = {}): Promise<string> {
  const path = `/v1/connections/${aName()}`;
  await ok(world, 'POST', '/v1/connections', { name: path.slice(16), provider: id });
  await ok(world, 'PUT', `${path}/endpoint`, settings);
  const { kind, scheme } = presetOf(id);
  const wish = { token: {}, signature: { value: fakeSecret(id) }, both: { signingSecret: fakeSecret(id) } }[kind];
  await ok(world, 'POST', `${path}/endpoint/token`, scheme ? wish : {});
  await ok(world, 'POST', `${path}/endpoint/activate`);
  return path;
}

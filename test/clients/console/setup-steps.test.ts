/** What the setup has left to do, in each state in which it can be found. */
import { expect, test } from '@jest/globals';
import { type SetupStep, stepsLeft } from '../../../clients/console/setup/setup-steps.ts';
import { aToken, inactive, shop, unconfigured } from './controls/given-records.ts';

type Found = Parameters<typeof stepsLeft>[0];
type From = 'operator' | 'sender' | 'handshake';

const withoutToken = (status: Found['status'], secretFrom: From): Found => ({
  status,
  endpoint: { ...(shop().endpoint as NonNullable<Found['endpoint']>), tokens: [], secretFrom },
});

test.each<[string, Found, From, SetupStep[]]>([
  ['nothing', unconfigured(), 'operator', ['configure', 'generate', 'activate']],
  ['nothing, and the sender makes the secret', unconfigured(), 'sender', ['configure', 'activate']],
  ['nothing, and a handshake brings the secret', unconfigured(), 'handshake', ['configure', 'activate']],
  ['an endpoint without a token', withoutToken('configured', 'operator'), 'operator', ['generate', 'activate']],
  ['an endpoint that waits for a secret', withoutToken('configured', 'sender'), 'sender', ['activate']],
  ['an endpoint with settings of its own', withoutToken('configured', 'operator'), 'sender', ['generate', 'activate']],
  ['an endpoint that was deactivated', inactive(), 'operator', ['activate']],
  ['an endpoint that lost its token', withoutToken('inactive', 'operator'), 'operator', ['generate', 'activate']],
  ['an active endpoint', shop({}, { tokens: [aToken('t1')] }), 'operator', []],
  ['an active endpoint that waits for a secret', withoutToken('active', 'sender'), 'sender', []],
])('%s', (_, found, secretFrom, expected) => {
  expect(stepsLeft(found, { secretFrom })).toEqual(expected);
});

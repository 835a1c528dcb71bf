/**
 * Every permission of every role is used, and no other is needed. `missing-permissions.test.ts` shows what happens without each. The
 * template's tests show that no role has more permissions.
 */
import { afterAll, expect, test } from '@jest/globals';
import { readCloudAssembly } from '../../local/cloudformation/cloud-assembly.ts';
import { anOperator, assembly } from '../support/given.ts';
import { aRefusingQueue, sendEverything } from './given-deliveries.ts';
import {
  callAll,
  cleanUp,
  denialsIn,
  doEverything,
  ofHistory,
  ofRedeliveryRunner,
  ofRelay,
  ofRequests,
  ofRoster,
  ofRunner,
  ofSendingOn,
  ofSweep,
  ofTally,
  ofWatch,
  prepare,
  publishLater,
  rights,
  split,
  statementsOf,
  unusedBy,
  without,
  wordsOf,
} from './given-permissions.ts';

afterAll(cleanUp);

test('every permission is used, and no other is needed', async () => {
  const bus = { isRefusing: false };
  const refusal = { ErrorCode: 'InvalidArgument', ErrorMessage: 'This failure was asked for by a test.' };
  const failEntry = () => (bus.isRefusing ? refusal : undefined);
  const queue = aRefusingQueue();
  const world = await prepare({ failEntry, fault: queue.fault });
  const answers = await callAll(world);
  await publishLater(world, bus);
  await world.runtime.runSchedule('EveryMinute', 'runreplayjobs');
  await world.runtime.runSchedule('EveryMinute', 'runredeliveryjobs');
  await sendEverything(world, queue);
  await doEverything(world);
  // The first request of an added admin closes the first token, which all other calls use.
  const { token } = await anOperator(world, 'connection_admin');
  const operators = await world.api('GET', '/v1/operators', undefined, { token });
  await world.runtime.settled();
  await world.end();
  expect(operators.status).toBe(200);
  const failed = Object.entries(answers).filter(([, { status }]) => status >= 300);
  expect(failed.map(([call, { status }]) => `${call} ${status}`)).toEqual([]);
  const ofBackground = [ofRelay, ofSendingOn, ofHistory, ofTally, ofWatch, ofSweep, ofRunner, ofRedeliveryRunner];
  const table = [ofRequests, ofRoster, ...ofBackground].flat();
  expect(unusedBy(world.calls, table).map(wordsOf)).toEqual([]);
  expect(denialsIn(world.logs)).toEqual([]);
});

test('the table above lists every permission that the template grants', () => {
  const granted = new Set(rights.map(([name, action, resource]) => `${name} ${action} ${resource}`));
  expect(granted.size).toBe(rights.length);
  // `without` fails if a permission is not granted, so equal numbers mean equal permissions.
  const { template } = readCloudAssembly(assembly());
  for (const right of rights) without(template, right);
  // The roles of isolated functions may write their own logs and nothing else.
  const left = Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
    id.includes('FunctionServiceRole') ? split(statementsOf(Properties)).map(({ Action }) => `${id} ${Action}`) : [],
  );
  expect(left).toHaveLength(rights.length);
});

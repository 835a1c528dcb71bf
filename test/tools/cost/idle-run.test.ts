/** What each schedule uses when there is nothing to do, counted on the local runtime. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { functionNameIn } from '../../../clients/cli/held-executions.ts';
import { idleRuns } from '../../../tools/cost/idle-run.ts';
import { ofType, only, theTemplates } from '../../infra/given-template.ts';
import { aRuntime, type World } from '../../support/given.ts';

const { dev } = await theTemplates();

/** The schedules, each with the name of the function that it wakes. */
const schedules = ofType(dev, 'AWS::Events::Rule')
  .filter(({ properties }) => properties.ScheduleExpression)
  .flatMap(({ id, properties }) =>
    (properties.Targets as { Arn: { 'Fn::GetAtt': [string, string] } }[]).map(({ Arn }): [string, string] => {
      const fn = dev.Resources[Arn['Fn::GetAtt'][0]];
      return [functionNameIn(fn?.Properties?.['Description']) ?? '', id];
    }),
  );

let world: World;
beforeAll(async () => {
  world = await aRuntime();
});
afterAll(() => world.end());

test('every function that a schedule wakes is counted, and no other one', () => {
  expect(schedules.map(([name]) => name).toSorted()).toEqual(Object.keys(idleRuns).toSorted());
});

test.each(schedules)('%s', async (name, id) => {
  const fn = name.replaceAll('-', '');
  // Later runs find the progress of the first.
  await world.runtime.runSchedule(id, fn);
  const [before, logged] = [world.calls.length, world.logs.length];
  await world.runtime.runSchedule(id, fn);
  const calls = world.calls.slice(before).filter(({ principal }) => principal.includes(`-${fn}Function`));
  const of = (pattern: RegExp) => calls.filter(({ operation }) => pattern.test(operation));
  const reads = of(/^(Query|GetItem)$/).reduce((sum, { consistentRead }) => sum + (consistentRead ? 1 : 0.5), 0);
  const { logBytes, secretCalls = 0, ...run } = only([idleRuns[name]].filter((each) => each !== undefined));
  expect({ reads, writes: of(/^(Put|Update|Delete)Item$/).length }).toEqual({ reads: run.reads, writes: run.writes });
  expect(of(/Secret/)).toHaveLength(secretCalls);
  const bytes = world.logs.slice(logged).reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  expect(bytes).toBeLessThanOrEqual(logBytes);
});

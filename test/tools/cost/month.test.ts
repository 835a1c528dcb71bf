/** What a month costs: by hand for a small template, and as it is printed. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { billedIn, dollarsText } from '../../../clients/console/overview/month-so-far.ts';
import type { Template } from '../../../local/cloudformation/template.ts';
import { billedFunctions } from '../../../shared/ground/statistics/traffic-cost.ts';
import { bodyUseOf } from '../../../tools/cost/body-use.ts';
import { type CostOptions, readCostOptions } from '../../../tools/cost/cost-options.ts';
import { monthJson, monthText } from '../../../tools/cost/cost-text.ts';
import { idleLines, memoryIn, unpricedTypes } from '../../../tools/cost/idle-lines.ts';
import { inCents, monthOf, type Section } from '../../../tools/cost/month.ts';
import { theTemplates } from '../../infra/given-template.ts';

const { dev, prod } = await theTemplates();

const optionsOf = (args: string): CostOptions => {
  const options = readCostOptions(args === '' ? [] : args.split(' '));
  if (options === 'help') throw new Error('help was asked for');
  return options;
};
const month = (args: string) => {
  const options = optionsOf(args);
  return monthOf({ dev, prod }[options.stage], options);
};
const dollarsOf = (args: string, name: Section['name']): number =>
  (month(args).sections.find((section) => section.name === name)?.cents ?? 0) / 100;

test('a million webhooks of 1 KB cost at most $4.25, and a million deliveries at most $2.00', () => {
  expect(dollarsOf('--events 1M', 'webhooks')).toBe(4.24);
  expect(dollarsOf('--events 1M', 'webhooks')).toBeLessThanOrEqual(4.25);
  expect(dollarsOf('--deliveries 1M', 'deliveries')).toBe(1.98);
  expect(dollarsOf('--deliveries 1M', 'deliveries')).toBeLessThanOrEqual(2);
});

test('a month in which nothing comes costs at most', () => {
  // The secret of the first operator is in it. No connection is.
  expect(dollarsOf('', 'idle')).toBeLessThanOrEqual(3.5);
  expect(dollarsOf('--stage prod', 'idle')).toBeLessThanOrEqual(5);
});

/** A template with one of each thing that costs money when nothing comes. */
const metric = { MetricStat: { Period: 60 } };
const small = {
  Resources: {
    One: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
    Three: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [{ Expression: 'a + b + c' }, metric, metric, metric] },
    },
    Both: { Type: 'AWS::CloudWatch::CompositeAlarm' },
    Queue: { Type: 'AWS::SQS::Queue' },
    DeadLetters: { Type: 'AWS::SQS::Queue' },
    Read: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    },
    Stream: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['Events', 'StreamArn'] } },
    },
    Events: { Type: 'AWS::DynamoDB::Table' },
    Secret: { Type: 'AWS::SecretsManager::Secret' },
    Sweep: {
      Type: 'AWS::Lambda::Function',
      Properties: { Description: 'Hooklatch functions/sweep-deliveries.ts', MemorySize: 256 },
    },
    EveryMinute: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] } }] },
    },
    Matches: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {} } },
    Off: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 hour)', State: 'DISABLED', Targets: [{ Arn: { Ref: 'Nothing' } }] },
    },
  },
} as unknown as Template;

test('what costs money when nothing comes is counted in the template', () => {
  expect(idleLines(small, 2).map(({ what, price, quantity }) => [what, price, Number(quantity.toFixed(6))])).toEqual([
    ['alarms', 'alarm', 4],
    ['alarms of alarms', 'compositeAlarm', 1],
    // Five requests at a time, of 20 seconds each, for 730 hours.
    ['empty queues', 'queue', 657_000],
    ['secrets', 'secret', 3],
    ['schedules', 'call', 43_800],
    // 15 ms of a quarter of a GB.
    ['schedules', 'compute', 164.25],
    // Four empty reads, of half a unit each.
    ['schedules', 'read', 87_600],
    ['schedules', 'log', 0.00876],
  ]);
});

const withResource = (Type: string, Properties: object) =>
  ({ Resources: { ...small.Resources, More: { Type, Properties } } }) as unknown as Template;

test.each<[string, Template, string]>([
  [
    'an alarm that reads what it finds',
    withResource('AWS::CloudWatch::Alarm', { Metrics: [{ Expression: "SEARCH('Errors', 'Sum')" }] }),
    'More reads as many metrics as it finds',
  ],
  [
    'a schedule by a calendar',
    withResource('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 12 * * ? *)',
      Targets: [{ Arn: { Ref: 'Sweep' } }],
    }),
    'only rate(…) can be counted',
  ],
  [
    'a schedule that wakes what nobody knows',
    withResource('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: { Ref: 'Queue' } }] }),
    'is no function of Hooklatch',
  ],
])('%s is refused, and not counted as nothing', (_, template, message) => {
  expect(() => idleLines(template, 0)).toThrow(message);
});

test('a resource whose price nobody knows is named', () => {
  expect(unpricedTypes(small)).toEqual([]);
  expect(unpricedTypes(withResource('AWS::WAFv2::WebACL', {}))).toEqual(['AWS::WAFv2::WebACL']);
  expect([unpricedTypes(dev), unpricedTypes(prod)]).toEqual([[], []]);
});

test('amounts add up to their rounded sum, and none is off by a cent', () => {
  expect(inCents([0.125, 0.125, 0.004])).toEqual([13, 12, 0]);
  expect(inCents([])).toEqual([]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 20, size: 'max' }), (dollars) => {
      const cents = inCents(dollars);
      const sum = cents.reduce((total, each) => total + each, 0);
      expect(Math.abs(sum - dollars.reduce((total, each) => total + each, 0) * 100)).toBeLessThanOrEqual(0.501);
      expect(cents).toHaveLength(dollars.length);
      expect(cents.filter((each, at) => Math.abs(each - (dollars[at] ?? 0) * 100) >= 1.001)).toEqual([]);
    }),
  );
});

const printed = [
  '',
  '--events 1M',
  '--stage prod --events 123457 --body 20KB --connections 7 --destinations 3 --refused 9K',
];

test.each(printed)('npm run cost -- %s: the lines that are printed add up to the sums that are printed', (args) => {
  const amounts = monthText(month(args))
    .split('\n')
    .flatMap((line) => {
      const [, what = '', amount = ''] = /^ +(\S.*?) {2,}.*= \$([\d,.]+)$/.exec(line) ?? [];
      return amount === '' ? [] : [{ what, cents: Math.round(Number(amount.replaceAll(',', '')) * 100) }];
    });
  let [section, whole] = [0, 0];
  for (const { what, cents } of amounts.slice(0, -1)) {
    if (what !== 'together') section += cents;
    else {
      expect(cents).toBe(section);
      whole += cents;
      section = 0;
    }
  }
  expect(amounts.at(-1)).toEqual({ what: 'A month', cents: whole });
  expect(whole).toBeGreaterThan(0);
  const { dollars } = monthJson(month(args)) as { dollars: number };
  expect(Math.round(dollars * 100)).toBe(whole);
});

test('the console estimates what came to the cent', () => {
  const of = (accepted: number, reasons: Record<string, number>, delivered: number, failed: number) => ({
    ...{ accepted, duplicates: 1_000, refused: reasons },
    destinations: { crm: { delivered, failed }, erp: { delivered: 1, failed: 0 } },
  });
  const items = [of(1_200_000, { wrong_token: 50_000, inactive: 4_321 }, 345_000, 700), of(34_567, {}, 676, 70)];
  const came = month(
    '--events 1234567 --duplicates 2000 --refused 54321 --deliveries 345678 --failed 770 --destinations 2',
  ).sections.filter(({ name }) => name === 'webhooks' || name === 'deliveries');
  const dollars = came.reduce((sum, { cents }) => sum + cents, 0) / 100;
  expect(dollars).toBeGreaterThan(5);
  const estimate = Number(dollarsText(billedIn(items)).replace('$', ''));
  expect(Math.abs(estimate - dollars)).toBeLessThan(0.0101);
});

test('a webhook of 1 KB is the one that the console counts, in functions of the memory that the template gives them', () => {
  expect(bodyUseOf(1_024, true)).toMatchObject({ requests: 1, writes: 2, events: 1, uploads: 0 });
  for (const [name, { memoryMb }] of Object.entries(billedFunctions)) {
    expect([name, memoryIn(dev, name)]).toEqual([name, memoryMb]);
    expect([name, memoryIn(prod, name)]).toEqual([name, memoryMb]);
  }
});

test.each([
  // A body of 4 KB is compressed; what can't be takes a unit for each KB, and one for the row.
  [4_096, true, { writes: 3, events: 1, uploads: 0 }],
  [20_480, false, { writes: 22, events: 1, uploads: 0 }],
  // Base64 is a third longer: 60,000 bytes are more than 64 KB on the bus.
  [60_000, false, { events: 2 }],
  [200_000, true, { writes: 2, events: 1, uploads: 1, bucketBytes: 200_000 }],
  [1_048_576, true, { requests: 2, uploads: 1 }],
])('a body of %i bytes', (size, isText, expected) => {
  expect(bodyUseOf(size, isText)).toMatchObject(expected);
});

test('only a stage that keeps its data pays for backups', () => {
  const keptIn = (args: string) =>
    month(args)
      .sections.filter(({ name }) => name === 'kept')
      .flatMap(({ lines }) => lines.map(({ what }) => what));
  const inBoth = ['logs, 30 days', 'the metric of accepted webhooks'];
  expect(keptIn('--events 1M --stage prod')).toEqual(['events, 30 days', 'backups', ...inBoth]);
  expect(keptIn('--events 1M --stage dev')).toEqual(['events, 30 days', ...inBoth]);
});

/** What each alarm watches and how, how many metrics that are, and that no stream and no queue is without one. */
import { describe, expect, test } from '@jest/globals';
import { filled } from '../../support/filled.ts';
import { type Found, functionNames, ofType, theTemplate, theTemplates } from '../given-template.ts';
import { alarmsIn, ringing } from './given-alarms.ts';

const { dev, prod } = await theTemplates();
const { template: largest } = await theTemplate('largest');
const templates = { dev, prod, largest };
const names = Object.keys(templates) as (keyof typeof templates)[];

/** Alarm → its metrics. An alarm reads each of these as the sum of five minutes, or as the maximum if it is an age. */
const watched: Record<string, string[]> = {
  HttpApiFailing: ['AWS/ApiGateway 5xx of HttpApi'],
  HttpApiOperatorsThrottled: ['Hooklatch OperatorsThrottled'],
  RelayStalled: ['Hooklatch Accepted', 'AWS/Lambda Invocations of relayFunction'],
  WebhooksLate: [
    'AWS/Lambda IteratorAge of relayFunction',
    'AWS/SQS ApproximateAgeOfOldestMessage of DeliveryQueuesDispatchQueue',
    'AWS/Lambda OnFailureDestinationDeliveredEventCount of relayFunctionStream',
  ],
  BackgroundFailing: ['Hooklatch BackgroundFailures'],
  BackgroundLate: [
    'AWS/Lambda IteratorAge of counteventsFunction',
    'AWS/Lambda IteratorAge of followstatechangesFunction',
    'AWS/SQS ApproximateAgeOfOldestMessage of DeliveryQueuesOverflowQueue',
    'AWS/SQS ApproximateAgeOfOldestMessage of DeliveryQueuesLaneQueue',
  ],
  AccountThrottled: ['AWS/Lambda Throttles'],
  DeadLettersInBucket: [
    'Hooklatch Outcomes of given_up',
    'AWS/Lambda OnFailureDestinationDeliveredEventCount of counteventsFunctionStream',
    'AWS/Lambda OnFailureDestinationDeliveredEventCount of followstatechangesFunctionStream',
  ],
  DeadLettersInQueue: ['AWS/SQS ApproximateNumberOfMessagesVisible of DeliveryQueuesDeadLetters'],
  DestinationFailing: ['Hooklatch Outcomes of destination.failing', 'Hooklatch Outcomes of delivery.given_up'],
};

describe.each(names)('in the template of %s', (name) => {
  const template = templates[name];
  const alarms = alarmsIn(template);

  test('the alarms watch the metrics of the table, and no others', () => {
    const plain = (key: string) => key.replace(/^Hooklatch\/(dev|prod)/, 'Hooklatch').replace(/( of \w+)\w{8}$/, '$1');
    const found = alarms.map(({ name: alarm, metrics }) => [alarm, Object.values(metrics).map(plain)]);
    expect(Object.fromEntries(found)).toEqual(watched);
  });

  test('each is evaluated every five minutes, and rings from the first one that is bad', () => {
    const found = ofType(template, 'AWS::CloudWatch::Alarm');
    for (const { id, properties } of filled(found)) {
      // Fifteen minutes without a call of the relay. Without data that alarm keeps its state.
      const isStall = id.startsWith('RelayStalled');
      expect(properties).toMatchObject({
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        EvaluationPeriods: isStall ? 3 : 1,
        TreatMissingData: isStall ? 'ignore' : 'notBreaching',
      });
      expect(properties.ActionsEnabled ?? true).toBe(true);
      expect(properties.DatapointsToAlarm ?? properties.EvaluationPeriods).toBe(properties.EvaluationPeriods);
      const parts = (properties.Metrics ?? [properties]) as Found['properties'][];
      const stats = parts.flatMap(({ MetricStat }) => MetricStat ?? []);
      const all = stats.length > 0 ? stats.map((stat) => ({ ...stat, ...stat.Metric })) : parts;
      for (const { Period, Stat, Statistic, MetricName } of filled(all)) {
        const isAge = ['IteratorAge', 'ApproximateAgeOfOldestMessage'].includes(MetricName);
        expect([MetricName, Period, Stat ?? Statistic]).toEqual([MetricName, 300, isAge ? 'Maximum' : 'Sum']);
      }
    }
  });

  test('each metric of an alarm that has several says what it is of', () => {
    const several = ofType(template, 'AWS::CloudWatch::Alarm').filter(({ properties }) => properties.Metrics);
    const labels = several
      .filter(({ id }) => !id.startsWith('RelayStalled'))
      .flatMap(({ properties }) => properties.Metrics.filter(({ MetricStat }: Found['properties']) => MetricStat))
      .map(({ Label }: Found['properties']) => Label);
    expect(labels.filter(Boolean)).toHaveLength(12);
  });

  test('there are at most ten, over at most twenty metrics, of which CloudWatch bills each', () => {
    expect(alarms.length).toBeLessThanOrEqual(10);
    expect(alarms.flatMap(({ metrics }) => Object.keys(metrics)).length).toBeLessThanOrEqual(20);
    // An alarm reads ten metrics at most.
    for (const { metrics } of alarms) expect(Object.keys(metrics).length).toBeLessThanOrEqual(10);
  });

  test('every stream and every queue that a function reads rings by the third day if nobody does', () => {
    const functions = functionNames(template);
    const age = 3 * 86_400;
    const mappings = ofType(template, 'AWS::Lambda::EventSourceMapping');
    for (const { properties } of filled(mappings)) {
      const reader = functions.get(properties.FunctionName.Ref) ?? '';
      const source = properties.EventSourceArn['Fn::GetAtt'][0];
      const [, queue] = /^DeliveryQueues(\w+?)Queue/.exec(source) ?? [];
      const written = queue
        ? { [`AWS/SQS ApproximateAgeOfOldestMessage of ${queue}`]: age }
        : { [`AWS/Lambda IteratorAge of ${reader}`]: age * 1_000 };
      expect([source, ringing(template, [{ metrics: written }], 0)]).toEqual([
        source,
        [[expect.stringMatching(/Late$/)]],
      ]);
    }
  });

  test('SQS keeps a message of a queue for eleven days more', () => {
    const queues = ofType(template, 'AWS::SQS::Queue').filter(({ id }) => id.startsWith('DeliveryQueues'));
    expect(queues.map(({ properties }) => properties.MessageRetentionPeriod)).toEqual(Array(4).fill(14 * 86_400));
  });

  test('every stream rings for what Lambda gave up', () => {
    const mappings = ofType(template, 'AWS::Lambda::EventSourceMapping');
    const streams = mappings.filter(({ properties }) => properties.StartingPosition);
    const expired = alarms.flatMap(({ metrics }) => Object.values(metrics)).filter((key) => /OnFailure/.test(key));
    expect(expired.map((key) => key.replace(/.* of /, '')).sort()).toEqual(
      filled(streams)
        .map(({ id }) => id)
        .sort(),
    );
  });
});

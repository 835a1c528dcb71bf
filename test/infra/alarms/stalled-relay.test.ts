/** The alarm about a relay that nothing calls, evaluated over series that are written by hand. */
import { describe, expect, test } from '@jest/globals';
import { ofType, only, theTemplate } from '../given-template.ts';
import { logGroupOf } from './given-alarms.ts';
import { type Series, statesOf } from './metric-math.ts';

const { template } = await theTemplate('prod');
const { properties } = only(
  ofType(template, 'AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith('RelayStalled')),
);
const parts = properties.Metrics as {
  Id: string;
  Expression?: string;
  MetricStat?: { Metric: Record<string, unknown> };
}[];
const alarm = {
  expression: parts.find(({ Expression }) => Expression)?.Expression ?? '',
  evaluationPeriods: properties.EvaluationPeriods as number,
  threshold: properties.Threshold as number,
  treatMissingData: properties.TreatMissingData as string,
};
const metricOf = (id: string) => parts.find(({ Id }) => Id === id)?.MetricStat?.Metric;

/** One character for each period of five minutes: a number, or `.` for no data. */
const series = (text: string): Series => [...text].map((one) => (one === '.' ? undefined : Number(one)));
/** One character for each period: `A` while the alarm rings. */
const ringing = (accepted: string, called: string): string =>
  statesOf(alarm, { accepted: series(accepted), called: series(called) })
    .map((state) => (state === 'ALARM' ? 'A' : '-'))
    .join('');

describe('the alarm about a relay that is not called', () => {
  test.each<[string, string, string, string]>([
    ['steady traffic', '5555555555', '3333333333', '----------'],
    ['a new deployment without a webhook', '..........', '..........', '----------'],
    ['an idle night after traffic', '55........', '33........', '----------'],
    ['a webhook whose call falls into the next period', '1.......1.', '.1.......1', '----------'],
    ['a call that takes ten minutes, such as a slow metric', '1.........', '..1.......', '----------'],
    ['replays alone, which need no accepted webhook', '..........', '2222222222', '----------'],
    ['a relay that stops in traffic', '5555555555', '33........', '----AAAAAA'],
    ['a relay that stops, and runs again', '5555555555', '33.....333', '----AAA---'],
    ['a relay that never ran', '1111111111', '..........', '--AAAAAAAA'],
    ['a single webhook that is not relayed', '.1........', '..........', '---AAAAAAA'],
    ['a webhook after an idle night that is not relayed', '5......1...', '3..........', '---------AA'],
  ])('%s', (_, accepted, called, expected) => {
    expect(ringing(accepted, called)).toBe(expected);
  });

  test('reads calls of the relay and accepted lines of ingest, in periods of five minutes', () => {
    expect(metricOf('called')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^relayFunction/) } }],
    });
    expect(metricOf('accepted')).toMatchObject({ Namespace: 'Hooklatch/prod', MetricName: 'Accepted' });
    expect(parts.flatMap(({ MetricStat }) => MetricStat ?? [])).toMatchObject([
      { Period: 300, Stat: 'Sum' },
      { Period: 300, Stat: 'Sum' },
    ]);
  });

  test('counts the line that ingest writes for an accepted webhook', () => {
    const filter = only(
      ofType(template, 'AWS::Logs::MetricFilter').filter(
        ({ properties: one }) => one.MetricTransformations[0].MetricName === 'Accepted',
      ),
    ).properties;
    expect(filter.LogGroupName.Ref).toBe(logGroupOf(template, 'ingest'));
    expect(filter.FilterPattern).toBe('{ $.message.outcome = "accepted" }');
    expect(filter.MetricTransformations).toMatchObject([{ MetricNamespace: 'Hooklatch/prod', MetricValue: '1' }]);
  });
});

/** The alarms of a template, and which of them ring by what AWS and our functions write in some periods. */
import type { Template } from '../../../local/cloudformation/template.ts';
import { type Found, functionNames, functionsIn, ofType, only } from '../given-template.ts';
import { isMatch, valueAt } from './log-pattern.ts';
import { type Series, statesOf } from './metric-math.ts';

/**
 * What is written in a period: values of metrics by name and owner, such as `AWS/Lambda IteratorAge of relay`, and lines of logs by the
 * function that writes them. `access` stands for API Gateway, which writes the access log.
 */
export interface Written {
  metrics?: Readonly<Record<string, number>>;
  lines?: readonly (readonly [writer: string, line: object])[];
}

export interface GivenAlarm {
  /** The logical id without its hash. */
  name: string;
  text: string;
  severity: 'urgent' | 'warning';
  /** Each metric that AWS bills, by the id in the expression. */
  metrics: Readonly<Record<string, string>>;
  math: Parameters<typeof statesOf>[0];
}

const withoutHash = (id: string): string => id.replace(/\w{8}$/, '');

/** A queue of deliveries by its construct, and the queue of its dead letters. */
function queuesIn(template: Template): Map<string, string> {
  const all = ofType(template, 'AWS::SQS::Queue');
  const named = all.flatMap(({ id, properties }) => {
    const [, name] = /^DeliveryQueues(\w+?)Queue\w{8}$/.exec(id) ?? [];
    return name
      ? [
          [name, id],
          [`dead letters of ${name}`, properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]],
        ]
      : [];
  });
  return new Map(named as [string, string][]);
}

/** The logical id of what a metric is about, by the name that this test uses. */
function ownersIn(template: Template): Map<string, string> {
  const functions = functionNames(template);
  const mappings = ofType(template, 'AWS::Lambda::EventSourceMapping');
  return new Map([
    ...[...functions].map(([id, name]) => [name, id] as const),
    ...mappings.map(({ id, properties }) => [`mapping of ${functions.get(properties.FunctionName.Ref)}`, id] as const),
    ...queuesIn(template),
    ['the API', only(ofType(template, 'AWS::ApiGatewayV2::Api')).id],
  ]);
}

/** The log group to which a function writes, or that of the access log. */
export function logGroupOf(template: Template, writer: string): string {
  if (writer === 'access') {
    const { DestinationArn } = only(ofType(template, 'AWS::ApiGatewayV2::Stage')).properties.AccessLogSettings;
    return /"(\w+AccessLog\w+)"/.exec(JSON.stringify(DestinationArn))?.[1] ?? '';
  }
  const id = ownersIn(template).get(writer);
  return only(functionsIn(template).filter((each) => each.id === id)).properties.LoggingConfig.LogGroup.Ref;
}

/** `namespace name of logical-id`, the same for an alarm and for what is written. */
function keyOf({ Namespace, MetricName, Dimensions = [] }: Found['properties']): string {
  const of = Dimensions.map(
    ({ Value }: Found['properties']) => ` of ${Value.Ref ?? Value['Fn::GetAtt']?.[0] ?? Value}`,
  );
  return `${Namespace} ${MetricName}${of.join('')}`;
}

export function alarmsIn(template: Template): GivenAlarm[] {
  const topics = new Map(ofType(template, 'AWS::SNS::Topic').map(({ id, properties }) => [id, properties.TopicName]));
  return ofType(template, 'AWS::CloudWatch::Alarm').map(({ id, properties }) => {
    const parts = (properties.Metrics ?? []) as Found['properties'][];
    const stats = parts.filter(({ MetricStat }) => MetricStat).map((part) => [part.Id, keyOf(part.MetricStat.Metric)]);
    const expression = parts.find(({ Expression }) => Expression)?.Expression ?? 'm';
    return {
      name: withoutHash(id),
      text: properties.AlarmDescription,
      severity: topics.get(properties.AlarmActions?.[0].Ref)?.endsWith('-alarms') ? 'urgent' : 'warning',
      metrics: Object.fromEntries(stats.length > 0 ? stats : [['m', keyOf(properties)]]),
      math: {
        expression,
        evaluationPeriods: properties.EvaluationPeriods,
        threshold: properties.Threshold,
        treatMissingData: properties.TreatMissingData,
      },
    };
  });
}

/** What the metric filters count in a period, by metric. A filter without a match writes nothing. */
function countedIn(template: Template, { lines = [] }: Written): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { properties } of ofType(template, 'AWS::Logs::MetricFilter')) {
    const [{ MetricNamespace, MetricName, Dimensions = [] }] = properties.MetricTransformations;
    for (const [writer, line] of lines) {
      if (logGroupOf(template, writer) !== properties.LogGroupName.Ref) continue;
      if (!isMatch(properties.FilterPattern, line)) continue;
      const of = Dimensions.map(({ Value }: Found['properties']) => ` of ${valueAt(Value, line)}`);
      const key = `${MetricNamespace} ${MetricName}${of.join('')}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

/** What AWS writes in a period, by metric. A metric of all functions is the sum of theirs. */
function valuesIn(template: Template, { metrics = {} }: Written): Record<string, number> {
  const owners = ownersIn(template);
  const values: Record<string, number> = {};
  for (const [text, value] of Object.entries(metrics)) {
    const [name = '', owner = ''] = text.split(/ of (.*)/);
    const id = owners.get(owner);
    if (!id) throw new Error(`the template has no ${owner}`);
    values[`${name} of ${id}`] = value;
    if (name.startsWith('AWS/Lambda ')) values[name] = (values[name] ?? 0) + value;
  }
  return values;
}

/**
 * The alarms that ring after each period.
 * @param quiet what a metric of AWS has if nothing is written: 0, or no value
 */
export function ringing(template: Template, periods: readonly Written[], quiet: 0 | undefined): string[][] {
  const seen = periods.map((written) => ({ ...valuesIn(template, written), ...countedIn(template, written) }));
  const seriesOf = (key: string): Series =>
    seen.map((values: Record<string, number>) => values[key] ?? (key.startsWith('AWS/') ? quiet : undefined));
  const states = alarmsIn(template).map(({ name, metrics, math }) => {
    const series = Object.fromEntries(Object.entries(metrics).map(([id, key]) => [id, seriesOf(key)]));
    return { name, of: statesOf(math, series) };
  });
  return periods.map((_, at) => states.filter(({ of }) => of[at] === 'ALARM').map(({ name }) => name));
}

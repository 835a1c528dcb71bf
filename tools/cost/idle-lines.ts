/** What a deployment costs when nothing comes, counted from its template. */
import { functionNameIn } from '../../clients/cli/held-executions.ts';
import type { Resource, Template } from '../../local/cloudformation/template.ts';
import { type CostLine, hoursOfMonth, type PriceName } from '../../shared/ground/statistics/price-table.ts';
import { idleRunOf } from './idle-run.ts';

/** Lambda reads a queue with so many requests at a time, of which each waits so long. */
const [pollers, pollSeconds] = [5, 20];

type Properties = Record<string, unknown>;

/** Resources of these types cost nothing by being there, or what they cost is in a line of its own. */
const counted =
  /^(AWS::(ApiGatewayV2|IAM|Logs|Lambda|SNS|CertificateManager|CDK|Events|DynamoDB|SQS|S3|SecretsManager|CloudWatch|Scheduler)::|Custom::)/;

const ofType = ({ Resources }: Template, type: string): { id: string; properties: Properties }[] =>
  Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]) => ({ id, properties: Properties }));

/** The logical id that an intrinsic function names. */
function idIn(value: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0];
}

const resourceOf = ({ Resources }: Template, value: unknown): Resource | undefined => Resources[idIn(value) ?? ''];

/** CloudWatch bills each metric that an alarm reads. */
function alarmMetrics(id: string, { Metrics }: Properties): number {
  if (Metrics === undefined) return 1;
  const metrics = Metrics as { Expression?: string; MetricStat?: object }[];
  const search = metrics.find(({ Expression }) => /^\s*SELECT\b|SEARCH\(|METRICS\(/.test(Expression ?? ''));
  if (search)
    throw new Error(`${id} reads as many metrics as it finds, so its price can't be counted from a template.`);
  return metrics.filter(({ MetricStat }) => MetricStat).length;
}

/** How often a schedule fires in a month. */
function firingsOf(id: string, expression: string): number {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const hours = { minute: 1 / 60, hour: 1, day: 24 }[unit];
  if (!hours)
    throw new Error(
      `${id} fires by ${expression}, of which only rate(…) can be counted: see tools/cost/idle-lines.ts.`,
    );
  return hoursOfMonth / (Number(count) * hours);
}

interface Firing {
  name: string;
  memoryMb: number;
  count: number;
}

/** The calls of functions by schedules. */
function firings(template: Template): Firing[] {
  const rules = ofType(template, 'AWS::Events::Rule').map(({ id, properties }) => ({
    ...{ id, properties },
    targets: (properties['Targets'] ?? []) as { Arn: unknown }[],
  }));
  const schedules = ofType(template, 'AWS::Scheduler::Schedule').map(({ id, properties }) => ({
    ...{ id, properties },
    targets: [properties['Target'] as { Arn: unknown }],
  }));
  return [...rules, ...schedules].flatMap(({ id, properties, targets }) => {
    const { ScheduleExpression, State } = properties as { ScheduleExpression?: string; State?: string };
    if (ScheduleExpression === undefined || State === 'DISABLED') return [];
    return targets.map(({ Arn }): Firing => {
      const { Description, MemorySize = 128 } = (resourceOf(template, Arn)?.Properties ?? {}) as Properties;
      const name = functionNameIn(Description);
      if (!name) throw new Error(`${id} wakes something that is no function of Hooklatch, whose price is not known.`);
      return { name, memoryMb: Number(MemorySize), count: firingsOf(id, ScheduleExpression) };
    });
  });
}

/** The lines of the schedules, all functions together. */
function scheduleLines(template: Template): CostLine[] {
  const fired = firings(template).map((each) => ({ ...each, run: idleRunOf(each.name) }));
  const sum = (of: (firing: (typeof fired)[number]) => number) =>
    fired.reduce((total, each) => total + each.count * of(each), 0);
  const line = (what: string, price: PriceName, quantity: number): CostLine => ({ what, price, quantity });
  return [
    line(
      'schedules',
      'call',
      sum(() => 1),
    ),
    line(
      'schedules',
      'compute',
      sum(({ run, memoryMb }) => (run.ms / 1000) * (memoryMb / 1024)),
    ),
    line(
      'schedules',
      'read',
      sum(({ run }) => run.reads),
    ),
    line(
      'schedules',
      'write',
      sum(({ run }) => run.writes),
    ),
    line(
      'schedules',
      'secretCall',
      sum(({ run }) => run.secretCalls ?? 0),
    ),
    line('schedules', 'log', sum(({ run }) => run.logBytes) / 1e9),
    line(
      'schedules',
      'schedule',
      ofType(template, 'AWS::Scheduler::Schedule').reduce(
        (total, { id, properties }) => total + firingsOf(id, String(properties['ScheduleExpression'])),
        0,
      ),
    ),
  ];
}

/** The queues that Lambda reads. */
const polledQueues = (template: Template): number =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').filter(
    ({ properties }) => resourceOf(template, properties['EventSourceArn'])?.Type === 'AWS::SQS::Queue',
  ).length;

/**
 * A month in which nothing comes.
 * @param secrets of endpoints and destinations, besides those of the template
 * @throws if the template has something whose price can't be counted
 */
export function idleLines(template: Template, secrets: number): CostLine[] {
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm');
  const lines: CostLine[] = [
    {
      what: 'alarms',
      price: 'alarm',
      quantity: alarms.reduce((sum, { id, properties }) => sum + alarmMetrics(id, properties), 0),
    },
    {
      what: 'alarms of alarms',
      price: 'compositeAlarm',
      quantity: ofType(template, 'AWS::CloudWatch::CompositeAlarm').length,
    },
    {
      what: 'empty queues',
      price: 'queue',
      quantity: polledQueues(template) * pollers * ((hoursOfMonth * 3_600) / pollSeconds),
    },
    { what: 'secrets', price: 'secret', quantity: ofType(template, 'AWS::SecretsManager::Secret').length + secrets },
    ...scheduleLines(template),
  ];
  return lines.filter(({ quantity }) => quantity > 0);
}

/** Metrics that exist in a month in which webhooks are accepted: those that a filter makes from their lines. */
export const trafficMetrics = (template: Template): number =>
  ofType(template, 'AWS::Logs::MetricFilter').filter(({ properties }) =>
    String(properties['FilterPattern']).includes('"accepted"'),
  ).length;

/** Types of resources whose price nobody knows here. */
export const unpricedTypes = ({ Resources }: Template): string[] => [
  ...new Set(Object.values(Resources).flatMap(({ Type }) => (counted.test(Type) ? [] : [Type]))),
];

/** The memory of a function of Hooklatch, in MB. @throws if the template has none of this name */
export function memoryIn(template: Template, name: string): number {
  const found = ofType(template, 'AWS::Lambda::Function').find(
    ({ properties }) => functionNameIn(properties['Description']) === name,
  );
  if (!found) throw new Error(`The template has no function ${name}.`);
  return Number(found.properties['MemorySize'] ?? 128);
}

/** Whether the stage keeps continuous backups of a table, by the beginning of its logical id. */
export const isBackedUp = (template: Template, table: string): boolean =>
  ofType(template, 'AWS::DynamoDB::Table').some(({ id, properties }) => {
    const { PointInTimeRecoverySpecification: backups } = properties as {
      PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled?: boolean };
    };
    return id.startsWith(table) && backups?.PointInTimeRecoveryEnabled === true;
  });

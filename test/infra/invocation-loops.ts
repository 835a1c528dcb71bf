/**
 * The ways by which one function wakes another, or itself, through something that both use: read from the rights of the roles and from
 * what wakes each function. Conditions of the rights do not count, so a way may be found that no code goes.
 */
import type { Template } from '../../local/cloudformation/template.ts';
import { type Found, functionNames, ofType } from './given-template.ts';

/** A function may write to something, and that wakes a function. */
interface Way {
  from: string;
  through: string;
  to: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a template's values have no type here.
type Value = any;

/** The logical ids that a value refers to. */
export function idsIn(value: Value): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\$\{(\w+)(\.\w+)?\}/g)].map(([, id = '']) => id);
  if (typeof value !== 'object' || value === null) return [];
  if (typeof value.Ref === 'string') return [value.Ref];
  const attribute = value['Fn::GetAtt'];
  if (attribute) return [[attribute].flat()[0].split('.')[0]];
  return Object.values(value).flatMap(idsIn);
}

/** What an action writes to, so that it can wake a function. */
const writes: Record<string, RegExp> = {
  'AWS::SQS::Queue': /^sqs:(SendMessage|\*)/,
  'AWS::DynamoDB::Table': /^dynamodb:(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems|PartiQL\w+|\*)$/,
  'AWS::Events::EventBus': /^events:(PutEvents|\*)$/,
  'AWS::S3::Bucket': /^s3:(PutObject|DeleteObject|CopyObject|\*)/,
  'AWS::SNS::Topic': /^sns:(Publish|\*)/,
  'AWS::Lambda::Function': /^lambda:(Invoke\w*|\*)$/,
};

const asList = (value: Value): Value[] => (value === undefined ? [] : [value].flat());

/** Role → the statements of all its policies. */
function statementsOf(template: Template): Map<string, Value[]> {
  const found = new Map<string, Value[]>();
  const add = (role: string, document: Value) =>
    found.set(role, [...(found.get(role) ?? []), ...asList(document?.Statement)]);
  for (const { id, properties } of ofType(template, 'AWS::IAM::Role'))
    for (const { PolicyDocument } of asList(properties.Policies)) add(id, PolicyDocument);
  for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'])
    for (const { properties } of ofType(template, type))
      for (const role of idsIn(properties.Roles)) add(role, properties.PolicyDocument);
  return found;
}

/** The resources of a template to which a statement lets its role write. Whatever names none stands for all of their type. */
function writtenBy(template: Template, { Effect, Action, NotAction, Resource }: Value): string[] {
  if (Effect !== 'Allow') return [];
  const named = new Set(asList(Resource).flatMap(idsIn));
  const isOpen = asList(Resource).some((each) => !idsIn(each).some((id) => id in template.Resources));
  return Object.entries(template.Resources).flatMap(([id, { Type }]) => {
    const pattern = writes[Type];
    const may =
      pattern && (NotAction !== undefined || asList(Action).some((action) => action === '*' || pattern.test(action)));
    return may && (isOpen || named.has(id)) ? [id] : [];
  });
}

/** Something → the functions that it wakes. A target that is no function is passed on: a rule can have a queue. */
function wokenBy(template: Template): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (from: Value, to: Value) => {
    for (const one of idsIn(from)) found.set(one, [...(found.get(one) ?? []), ...idsIn(to)]);
  };
  for (const { properties } of ofType(template, 'AWS::Lambda::EventSourceMapping')) {
    add(properties.EventSourceArn, properties.FunctionName);
    for (const { Destination } of Object.values<Value>(properties.DestinationConfig ?? {}))
      add(properties.FunctionName, Destination);
  }
  for (const { properties } of ofType(template, 'AWS::Lambda::EventInvokeConfig'))
    for (const { Destination } of Object.values<Value>(properties.DestinationConfig ?? {}))
      add(properties.FunctionName, Destination);
  // A rule without a bus is one of the account's own bus, to which no function publishes: schedules are there.
  for (const { properties } of ofType(template, 'AWS::Events::Rule'))
    for (const { Arn } of asList(properties.Targets)) add(properties.EventBusName, Arn);
  for (const { id, properties } of ofType(template, 'AWS::S3::Bucket')) notified({ Ref: id }, properties, add);
  for (const { properties } of ofType(template, 'Custom::S3BucketNotifications'))
    notified(properties.BucketName, properties, add);
  for (const { properties } of ofType(template, 'AWS::SNS::Subscription'))
    add(properties.TopicArn, properties.Endpoint);
  for (const { properties } of ofType(template, 'AWS::Logs::SubscriptionFilter'))
    add(properties.LogGroupName, properties.DestinationArn);
  for (const { id, properties } of ofType(template, 'AWS::SQS::Queue'))
    add({ Ref: id }, properties.RedrivePolicy?.deadLetterTargetArn);
  for (const { id, properties } of ofType(template, 'AWS::Lambda::Function')) {
    add({ Ref: id }, { Ref: id });
    add({ Ref: id }, properties.DeadLetterConfig?.TargetArn);
  }
  return found;
}

const notified = (
  bucket: Value,
  { NotificationConfiguration: all = {} }: Value,
  add: (from: Value, to: Value) => void,
) => {
  for (const list of Object.values<Value>(all)) for (const each of asList(list)) add(bucket, each);
};

/** What is behind something, through whatever passes it on. */
function functionsBehind(id: string, woken: Map<string, string[]>, functions: Map<string, string>): string[] {
  const seen = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of woken.get(at) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (!functions.has(next)) open.push(next);
    }
  return [...seen].flatMap((each) => functions.get(each) ?? []);
}

/** The name of a resource without what CDK adds. */
const shortName = (id: string): string =>
  id
    .replace(/[0-9A-F]{8}$/, '')
    .replace(/^DeliveryQueues(\w+)Queue$/, '$1 queue')
    .replace(/^(\w+)Table$/, '$1 table');

/** All functions, also those that CDK adds. */
const namesOf = (template: Template): Map<string, string> => {
  const own = functionNames(template);
  return new Map(ofType(template, 'AWS::Lambda::Function').map(({ id }: Found) => [id, own.get(id) ?? shortName(id)]));
};

export function waysIn(template: Template): Way[] {
  const functions = namesOf(template);
  const statements = statementsOf(template);
  const woken = wokenBy(template);
  const found = new Map<string, Way>();
  for (const { id, properties } of ofType(template, 'AWS::Lambda::Function')) {
    const written = idsIn(properties.Role)
      .flatMap((role) => statements.get(role) ?? [])
      .flatMap((each) => writtenBy(template, each));
    // What Lambda itself writes or passes on for a function.
    const byLambda = [...idsIn(properties.LoggingConfig), ...(woken.get(id) ?? []).filter((next) => next !== id)];
    for (const resource of [...written, ...byLambda])
      for (const to of functionsBehind(resource, woken, functions)) {
        const way = {
          from: functions.get(id) ?? '',
          through: functions.get(resource) === to ? 'a call' : shortName(resource),
          to,
        };
        found.set(JSON.stringify(way), way);
      }
  }
  return [...found.values()];
}

/** Begins a loop with the function that is first in the alphabet, so that each has one text. */
function textOf(loop: readonly Way[]): string {
  const first = loop.reduce((least, { from }, at) => (from < (loop[least]?.from ?? '') ? at : least), 0);
  const turned = [...loop.slice(first), ...loop.slice(0, first)];
  return turned.map(({ from, through }) => `${from} → ${through} → `).join('') + (turned[0]?.from ?? '');
}

/** Every loop in which no function comes twice. */
export function loopsIn(ways: readonly Way[]): string[] {
  const found = new Set<string>();
  const follow = (path: readonly Way[]): void => {
    const [start, end] = [path[0]?.from, path.at(-1)?.to];
    if (end === start) {
      found.add(textOf(path));
      return;
    }
    if (path.some(({ from }) => from === end)) return;
    for (const next of ways) if (next.from === end) follow([...path, next]);
  };
  for (const way of ways) follow([way]);
  return [...found].sort();
}

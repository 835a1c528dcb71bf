/** Refuses props of a consumer that could never work. */
import type { Construct } from 'constructs';
import { newConnectionSchema } from '../shared/endpoints/endpoint/connection-request.ts';
import { typeFilterSchema } from '../shared/events/event/type-filter.ts';
import { validationMessage } from '../shared/ground/base/validation-message.ts';
import { PatternError } from '../shared/ground/pattern/pattern-error.ts';
import { readPattern } from '../shared/ground/pattern/read-pattern.ts';
import type { ConnectionManager } from './connection-manager.ts';
import { isUnknown } from './unknown-value.ts';
import type { OnWebhookProps } from './webhook-consumer-props.ts';

/** The longest pattern of a rule, in characters of its JSON. `source` takes a part of it. */
const maxPatternLength = 2048;

/** The form of a connection's id. */
const connectionIdForm = /^[0-9a-f-]{36}$/;

/** What is wrong with a prop, after its name. */
type Fault = readonly [prop: string, message: string];

function connectionFaults({ connection }: OnWebhookProps): Fault[] {
  if (typeof connection !== 'string' || isUnknown(connection)) return [];
  const { error } = newConnectionSchema.shape.name.safeParse(connection, { error: validationMessage });
  return error ? [['connection', error.issues[0]?.message ?? '']] : [];
}

function typeFaults({ type }: OnWebhookProps): Fault[] {
  if (type === undefined || isUnknown(type)) return [];
  const types = [type].flat();
  if (types.length === 0) return [['type', 'is an empty list; leave it out for webhooks of every type']];
  return types.flatMap((each): Fault[] => {
    const { error } = typeFilterSchema.safeParse(each, { error: validationMessage });
    return error ? [['type', error.issues[0]?.message ?? '']] : [];
  });
}

function patternFaults({ type, pattern }: OnWebhookProps): Fault[] {
  if (pattern === undefined) return [];
  if (type !== undefined && 'type' in pattern) return [['type', 'is in pattern too; say it once']];
  if (isUnknown(pattern)) return [];
  const read = readPattern(pattern);
  if (read instanceof PatternError) return [[`pattern${read.pointer.replaceAll('/', '.')}`, read.problem]];
  const { length } = JSON.stringify(pattern);
  if (length <= maxPatternLength) return [];
  return [['pattern', `has ${length} characters as JSON, and EventBridge takes no rule of over ${maxPatternLength}`]];
}

function targetFaults({ target }: OnWebhookProps): Fault[] {
  if ('queueArn' in target && target.fifo)
    return [['target', 'is a FIFO queue; the bus keeps no order and repeats events, so use a standard queue']];
  const isTarget = ['functionArn', 'queueArn', 'stateMachineArn'].some((arn) => arn in target);
  return isTarget
    ? []
    : [['target', 'must be a function of Lambda, a queue of SQS or a state machine of Step Functions']];
}

const ownFaults = ({ connection }: OnWebhookProps, manager: ConnectionManager | undefined): Fault[] =>
  typeof connection === 'string' || connection.connectionManager.functionArn === manager?.functionArn
    ? []
    : [['connection', 'is one of another gateway']];

/**
 * Checks the props of a consumer. Leaves out what only CloudFormation knows.
 * @param path where the consumer will be
 * @throws an error that begins with the path, and names the prop and what is wrong with it
 */
export function checkConsumer(path: string, props: OnWebhookProps, manager: ConnectionManager | undefined): void {
  const [fault] = [
    ...connectionFaults(props),
    ...ownFaults(props, manager),
    ...typeFaults(props),
    ...patternFaults(props),
    ...targetFaults(props),
  ];
  if (fault) throw new Error(`${path}: ${fault.join(' ')}`);
}

/**
 * Checks the id of a connection. An asterisk in it would permit the bodies of others.
 * @throws an error that begins with the path of the gateway
 */
export function checkConnectionId({ node: { path } }: Construct, id: string): void {
  if (isUnknown(id) || connectionIdForm.test(id)) return;
  throw new Error(
    `${path}: connectionId must be the id of a connection, and not its name: hooklatch connections show prints it`,
  );
}

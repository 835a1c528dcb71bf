/** Looks at a deployment's alarms and functions, and at the quota of its account, with the caller's AWS credentials. Reads only. */
import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import {
  type EventSourceMappingConfiguration,
  type FunctionConfiguration,
  GetAccountSettingsCommand,
  LambdaClient,
  paginateListEventSourceMappings,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { AwsConfig } from '../aws-config.ts';
import { type ExecutionQuota, executionNeedOf, functionNameIn, quotaFault } from '../held-executions.ts';
import { type Check, failed, passed, skipped, warning } from './check.ts';

/** The names of a stack's alarms and functions begin with it. */
const prefixOf = (stack: string): string => `${stack}-`;

/** What the alarms say. An alarm's description tells what breaks, and what to do. */
export function alarmChecks(stack: string, alarms: readonly MetricAlarm[]): Check[] {
  if (alarms.length === 0) {
    return [failed('alarms', `There is no alarm named ${prefixOf(stack)}…: check the region, and --stage or --stack.`)];
  }
  const ringing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  const silent = alarms.filter(({ AlarmActions = [], ActionsEnabled }) => AlarmActions.length === 0 || !ActionsEnabled);
  return [
    ...ringing.map(({ AlarmName = '', AlarmDescription = '' }) => failed(`alarm ${AlarmName}`, AlarmDescription)),
    ...(ringing.length === 0 ? [passed('alarms', `None of ${alarms.length} rings.`)] : []),
    ...(silent.length === 0 ? [] : [warning('alarm actions', `${silent.length} alarms tell nobody when they ring.`)]),
  ];
}

const isWell = ({ State = 'Active', LastUpdateStatus = 'Successful' }: FunctionConfiguration): boolean =>
  State !== 'Failed' && LastUpdateStatus !== 'Failed';

const ownFunctions = (stack: string, functions: readonly FunctionConfiguration[]): FunctionConfiguration[] =>
  functions.filter(({ FunctionName = '' }) => FunctionName.startsWith(prefixOf(stack)));

/** Whether the functions can run. */
export function functionChecks(stack: string, functions: readonly FunctionConfiguration[]): Check[] {
  const own = ownFunctions(stack, functions);
  if (own.length === 0) {
    return [
      failed('functions', `There is no function named ${prefixOf(stack)}…: check the region, and --stage or --stack.`),
    ];
  }
  const broken = own.filter((one) => !isWell(one));
  if (broken.length === 0) return [passed('functions', `All ${own.length} can run.`)];
  return broken.map(({ FunctionName, StateReason, LastUpdateStatusReason }) =>
    failed(`function ${FunctionName}`, StateReason ?? LastUpdateStatusReason ?? 'Its last update failed.'),
  );
}

/** Whether the account allows as many executions as the deployment can hold. */
export function quotaChecks(
  stack: string,
  functions: readonly FunctionConfiguration[],
  mappings: readonly EventSourceMappingConfiguration[],
  quota: ExecutionQuota,
): Check[] {
  const consumers = ownFunctions(stack, functions).flatMap(({ Description, FunctionArn, Environment }) => {
    const most = mappings.find((mapping) => mapping.FunctionArn === FunctionArn)?.ScalingConfig?.MaximumConcurrency;
    const name = functionNameIn(Description);
    return name && most ? [{ name, most, variables: Object.keys(Environment?.Variables ?? {}) }] : [];
  });
  const need = executionNeedOf(consumers);
  const fault = quotaFault(need, quota);
  return [
    fault === undefined
      ? passed('quota', `Lambda runs the ${need.needed} executions that it needs.`)
      : warning('quota', fault),
  ];
}

/** Errors that mean that the caller lacks a right. */
const denials = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

/** The checks of a look at AWS. A look that is not possible is a check too. */
async function look(check: string, permission: string, checks: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await checks();
  } catch (error) {
    const { name } = error as Error;
    if (denials.has(name)) return [skipped(check, `Your AWS credentials lack ${permission}.`)];
    return [failed(check, `AWS did not answer (${name}). Check your AWS credentials and the region.`)];
  }
}

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/**
 * Looks at the alarms and functions of a stack, and at the quota of the account.
 * @param config by default, region and credentials are those of the AWS CLI
 */
export async function* awsChecks(stack: string, config: AwsConfig = {}): AsyncGenerator<Check> {
  const [cloudWatch, lambda] = [new CloudWatchClient(config), new LambdaClient(config)];
  try {
    yield* await look('alarms', 'cloudwatch:DescribeAlarms', async () => {
      const pages = paginateDescribeAlarms({ client: cloudWatch }, { AlarmNamePrefix: prefixOf(stack) });
      return alarmChecks(stack, await collect(pages, ({ MetricAlarms }) => MetricAlarms));
    });
    let functions: FunctionConfiguration[] = [];
    yield* await look('functions', 'lambda:ListFunctions', async () => {
      functions = await collect(paginateListFunctions({ client: lambda }, {}), ({ Functions }) => Functions);
      return functionChecks(stack, functions);
    });
    if (ownFunctions(stack, functions).length === 0) return;
    yield* await look('quota', 'lambda:GetAccountSettings or lambda:ListEventSourceMappings', async () => {
      const pages = paginateListEventSourceMappings({ client: lambda }, {});
      const mappings = await collect(pages, ({ EventSourceMappings }) => EventSourceMappings);
      const { AccountLimit = {} } = await lambda.send(new GetAccountSettingsCommand({}));
      return quotaChecks(stack, functions, mappings, AccountLimit);
    });
  } finally {
    cloudWatch.destroy();
    lambda.destroy();
  }
}

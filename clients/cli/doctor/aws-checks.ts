/** Looks at a deployment's alarms and functions with the caller's AWS credentials. Reads only. */
import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type FunctionConfiguration, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { AwsConfig } from '../aws-config.ts';
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

/** Whether the functions can run. */
export function functionChecks(stack: string, functions: readonly FunctionConfiguration[]): Check[] {
  const own = functions.filter(({ FunctionName = '' }) => FunctionName.startsWith(prefixOf(stack)));
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
 * Looks at the alarms and functions of a stack.
 * @param config by default, region and credentials are those of the AWS CLI
 */
export async function* awsChecks(stack: string, config: AwsConfig = {}): AsyncGenerator<Check> {
  const [cloudWatch, lambda] = [new CloudWatchClient(config), new LambdaClient(config)];
  try {
    yield* await look('alarms', 'cloudwatch:DescribeAlarms', async () => {
      const pages = paginateDescribeAlarms({ client: cloudWatch }, { AlarmNamePrefix: prefixOf(stack) });
      return alarmChecks(stack, await collect(pages, ({ MetricAlarms }) => MetricAlarms));
    });
    yield* await look('functions', 'lambda:ListFunctions', async () => {
      const pages = paginateListFunctions({ client: lambda }, {});
      return functionChecks(stack, await collect(pages, ({ Functions }) => Functions));
    });
  } finally {
    cloudWatch.destroy();
    lambda.destroy();
  }
}

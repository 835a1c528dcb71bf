import type { Command } from 'commander';
import { version } from '../../../shared/ground/base/version.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { BadResult } from '../command-error.ts';
import type { Check } from '../doctor/check.ts';
import { passed } from '../doctor/check.ts';
import {
  clockCheck,
  destinationChecks,
  endpointChecks,
  tokenCheck,
  versionCheck,
} from '../doctor/deployment-checks.ts';
import { type Cell, columns, painted } from '../output/table.ts';
import type { OpenSession, Session } from '../session.ts';
import { stackOf } from './deployment-options.ts';
import { examples } from './examples.ts';

interface DoctorOptions {
  aws?: boolean;
  stage: string;
  stack?: string;
}

const styles = { passed: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' } as const;

const cellsOf = ({ check, outcome, detail }: Check): Cell[] => [
  painted(styles[outcome], outcome.padEnd(7)),
  check,
  detail,
];

/**
 * Asks for the version without a token, and compares it and the clocks.
 * @throws UnreachableError if nobody answers
 */
async function* reachabilityChecks({ terminal, api, url }: Session): AsyncGenerator<Check> {
  const { version: theirs } = await api.call('GET /healthz');
  yield passed('reachable', `${url} answers.`);
  yield versionCheck({ theirs, ours: version });
  const sent = terminal.now();
  const answer = await terminal.fetch(`${url}/healthz`, { redirect: 'manual' });
  await answer.body?.cancel();
  yield clockCheck(answer.headers.get('date'), { sent, answered: terminal.now() });
}

type Me = ApiAnswer<'GET /v1/me'>;

/** The checks that only read. @returns whose token it is */
export async function* healthChecks(session: Session): AsyncGenerator<Check, Me> {
  yield* reachabilityChecks(session);
  const me = await session.api.call('GET /v1/me');
  yield tokenCheck(me, session.terminal.now());
  return me;
}

async function* allChecks(session: Session, { aws, stage, stack }: DoctorOptions): AsyncGenerator<Check> {
  const me = yield* healthChecks(session);
  yield* endpointChecks(session.api, me);
  yield* destinationChecks(session.api, session.terminal.now());
  if (!aws) return;
  // Loaded only here: no other command needs AWS.
  const { awsChecks } = await import('../doctor/aws-checks.ts');
  yield* awsChecks(stack ?? stackOf(stage));
}

async function examine(session: Session, options: DoctorOptions): Promise<void> {
  const checks: Check[] = [];
  for await (const check of allChecks(session, options)) {
    checks.push(check);
    if (!session.isJson) session.printEach(check, (isColoured) => columns([cellsOf(check)], isColoured));
  }
  const isHealthy = checks.every(({ outcome }) => outcome !== 'failed');
  if (session.isJson) session.print({ healthy: isHealthy, checks }, () => []);
  if (!isHealthy) throw new BadResult('A check failed.');
}

/** `doctor`: whether a deployment works. */
export function addDoctor(program: Command, open: OpenSession): void {
  program
    .command('doctor')
    .description(
      'check a deployment: reachable, version, clocks, token, and a test of each active endpoint; exits with 1 if one fails',
    )
    .option('--aws', 'look at the alarms, the functions and the quota of executions too, with your AWS credentials')
    .option('--stage <stage>', 'the stage of the deployment, whose stack is hooklatch-STAGE, for --aws', 'dev')
    .option('--stack <name>', 'the stack instead, for an app of your own')
    .addHelpText(
      'after',
      examples('hooklatch doctor', 'hooklatch doctor --aws --stage prod', 'hooklatch doctor --aws --stack Hooks'),
    )
    .action((options: DoctorOptions, command: Command) => examine(open(command), options));
}

import { resolve } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../../../shared/ground/base/printable.ts';
import { BadResult } from '../command-error.ts';
import type { StackLosses } from '../deploy-check/stack-losses.ts';
import { type Cell, columns, painted } from '../output/table.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { repeated } from './repeated-option.ts';

interface DeployCheckOptions {
  app: string;
  stack: string[];
  allowLoss: string[];
}

/** What a stack would lose, and what it would handle again, for people. */
function stackLines({ stack, isDeployed, losses, rereads }: StackLosses, isColoured: boolean): string[] {
  if (!isDeployed) return [`${printable(stack)}: not deployed yet, so there is nothing to lose`];
  const lost = losses.map(({ id, type, name, isAllowed }): Cell[] => [
    painted(isAllowed ? 'dim' : 'red', isAllowed ? 'allowed' : 'lost'),
    id,
    name === undefined ? type : `${type} ${name}`,
  ]);
  const again = rereads.map(({ id }): Cell[] => [painted('yellow', 'warning'), id, 'AWS::Lambda::EventSourceMapping']);
  const heads = columns([...lost, ...again], isColoured);
  return [
    losses.length === 0 ? `${printable(stack)}: nothing would be lost` : `${printable(stack)}:`,
    ...[...losses, ...rereads].flatMap(({ sentence }, at) => [`  ${heads[at]}`, `    ${printable(sentence)}`]),
  ];
}

function advice(losses: readonly { id: string }[]): string {
  const flags = losses.map(({ id }) => `--allow-loss ${id}`).join(' ');
  return `Nothing was deployed. If a setting is missing, put it back: the file of the stage keeps it. If the loss is what you want, name it: ${flags}`;
}

/** Compares, prints, and ends with an error if something would be lost that was not named. */
async function checkDeployment(session: Session, { app, stack, allowLoss }: DeployCheckOptions): Promise<void> {
  // Loaded only here: no other command needs it.
  const { stackLosses } = await import('../deploy-check/stack-losses.ts');
  const checked = await stackLosses(resolve(app), { stacks: stack, allowed: allowLoss });
  const losses = checked.flatMap((each) => each.losses);
  const refused = losses.filter(({ isAllowed }) => !isAllowed);
  session.print({ stacks: checked, allowed: refused.length === 0 }, (isColoured) =>
    checked.flatMap((each) => stackLines(each, isColoured)),
  );
  for (const { stack: name, warnings } of checked)
    for (const text of warnings) session.tell(`${printable(name)}: ${text}`);
  for (const id of allowLoss.filter((each) => !losses.some((loss) => loss.id === each)))
    session.tell(`--allow-loss ${id} names nothing that would be lost: leave it out`);
  if (refused.length === 0) return;
  session.tell(advice(refused));
  throw new BadResult('Something would be lost.');
}

/** `deploy-check`: what a deployment would lose. */
export function addDeployCheck(program: Command, open: OpenSession): void {
  program
    .command('deploy-check')
    .description(
      'compare a synthesized app with what is deployed, with your AWS credentials; exits with 1 if a deployment would lose data, a name or whom alarms notify; warns of what would be handled twice',
    )
    .option('--app <folder>', 'the folder that cdk synth has written', 'cdk.out')
    .option('--stack <name>', 'check this stack alone; can be repeated', repeated, [])
    .option('--allow-loss <id>', 'a resource that may be lost, by its logical id; can be repeated', repeated, [])
    .addHelpText(
      'after',
      examples(
        'npx cdk synth && npx hooklatch deploy-check && npx cdk deploy --app cdk.out',
        'hooklatch deploy-check --app cdk.out --allow-loss AlarmTopicD01E77F9',
      ),
    )
    .action((options: DeployCheckOptions, command: Command) => checkDeployment(open(command), options));
}

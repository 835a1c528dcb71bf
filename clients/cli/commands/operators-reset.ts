import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { fields, painted } from '../output/table.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { type DeploymentOptions, withDeployment, withDeploymentOptions } from './deployment-options.ts';
import { examples } from './examples.ts';

interface ResetOptions extends DeploymentOptions {
  name: string;
  revokeAll: boolean;
  table?: string;
  yes?: boolean;
}

async function reset(session: Session, options: ResetOptions): Promise<void> {
  const { name, revokeAll } = options;
  if (revokeAll)
    await confirm(
      session.terminal,
      'Revoke every operator and close the bootstrap token? All tokens stop working at once.',
      options,
    );
  // Loaded only here: no other command needs it.
  const { openRoster, resetOperators } = await import('../recovery/reset-operators.ts');
  const made = await withDeployment(options, async ({ config, author, nameOf }) => {
    const { roster, close } = openRoster(config, options.table ?? (await nameOf('stateTable')));
    const actor = { by: await author(), now: session.terminal.now() };
    const ids = { id: `op_${randomUUID()}`, requestId: randomUUID() };
    return resetOperators(roster, { name, revokeAll, actor, ...ids }).finally(close);
  });
  session.print(made, (isColoured) =>
    fields(
      [
        ['id', made.id],
        ['name', made.name],
        ['role', made.role],
        ['token', painted('bold', made.token)],
      ],
      isColoured,
    ),
  );
  if (session.isJson) return;
  const closed = made.bootstrapClosed ? ' The bootstrap token is closed.' : '';
  session.tell(`The token is shown only this once. ${revokedText(made.revoked)}${closed}`);
  if (revokeAll) session.tell(oidcNote);
}

const revokedText = (count: number): string => `${count} ${count === 1 ? 'operator was' : 'operators were'} revoked.`;

/** The one kind of admin that is not in the list of operators. */
const oidcNote =
  'This does not stop an admin of an OpenID Connect issuer. If the deployment has the setting oidcAdmins: see docs/operators.md.';

const details = `
Use it if every admin's token is lost or one was stolen. The token has no expiry. An earlier operator of the same name is revoked.
Everything is written to the history of operators, in your name.

Your AWS credentials need dynamodb:GetItem and dynamodb:PutItem on the State table. Without --table they also need
cloudformation:ListStackResources on the stack.
`;

/** `operators reset`: adds an admin for somebody who has AWS credentials, and no operator token. */
export function addReset(operators: Command, open: OpenSession): void {
  withDeploymentOptions(operators.command('reset'))
    .description('add an operator with the role connection_admin, with your AWS credentials, and print the token')
    .option('--name <name>', "the operator's name", 'reset')
    .option(
      '--revoke-all',
      'revoke all other operators and close the bootstrap token too: for a stolen token, whose thief could revoke you',
      false,
    )
    .option('--table <name>', 'use this State table, without a look at the stack')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      details +
        examples(
          'hooklatch operators reset --stage prod',
          'hooklatch operators reset --stage prod --revoke-all',
          'hooklatch operators reset --local',
        ),
    )
    .action((options: ResetOptions, command: Command) => reset(open(command), options));
}

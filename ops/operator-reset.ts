/** `npm run operator:reset`: adds an admin when every admin's token is lost or one was stolen. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { synthesize } from '../local/cloudformation/synthesis.ts';
import { startRuntime } from '../local/runtime.ts';
import { withRosterTable } from '../local/start/bootstrap-token.ts';
import { variable } from '../shared/aws/environment.ts';
import { type RosterTable, rosterTable } from '../shared/operator/roster-table.ts';
import { findInEnvironment } from './find-in-environment.ts';
import { resetOperators } from './reset-operators.ts';

const help = `Adds an operator with the role connection_admin, and prints its token. Use it if every admin's token is lost.

  npm run operator:reset -- --stage prod

The token has no expiry. An earlier operator of the same name is revoked. Everything is written to the history of operators,
in your name.

  --stage STAGE     the stage (default dev)
  --name NAME       the operator's name (default reset)
  --revoke-all      revoke all other operators and close the bootstrap token too: for a stolen token, whose thief could
                    revoke you. It does not stop an admin of an OpenID Connect issuer: see docs/operators.md
  --region REGION   the AWS region (default: the one of your AWS configuration)
  --local           use the data folder of npm start on this machine instead of AWS. Stop npm start first.
  --data DIR        that data folder (default .hooklatch)
  --assembly DIR    with --local: run this synthesized assembly instead of synthesizing
  --help            show this

Your AWS credentials need lambda:ListFunctions, and dynamodb:GetItem and dynamodb:PutItem on the State table.
`;

const flags = {
  stage: { type: 'string', default: 'dev' },
  name: { type: 'string', default: 'reset' },
  'revoke-all': { type: 'boolean', default: false },
  region: { type: 'string' },
  local: { type: 'boolean', default: false },
  data: { type: 'string', default: '.hooklatch' },
  assembly: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof flags }>>['values'];

/** Prints the token of the new admin. Only the terminal gets it. */
async function reset(table: RosterTable, by: string, values: Values): Promise<void> {
  const { token, revoked, bootstrapClosed } = await resetOperators(table, {
    name: values.name,
    revokeAll: values['revoke-all'],
    actor: { by, now: new Date() },
    id: `op_${randomUUID()}`,
    requestId: randomUUID(),
  });
  const closed = bootstrapClosed ? ' The bootstrap token is closed.' : '';
  console.log(
    `${token}\n\nThis is the token of the new admin ${values.name}. It is shown only once. ${revoked} operators were revoked.${closed}`,
  );
  if (values['revoke-all']) console.log(oidcNote);
}

/** The one kind of admin that is not in the list of operators. */
const oidcNote =
  'This does not stop an admin of an OpenID Connect issuer. If the deployment has the setting oidcAdmins: see docs/operators.md.';

async function resetInAws(values: Values): Promise<void> {
  const config = values.region === undefined ? {} : { region: values.region };
  const name = await findInEnvironment(new LambdaClient(config), values.stage, variable.stateTable);
  const { Arn } = await new STSClient(config).send(new GetCallerIdentityCommand({}));
  await reset(rosterTable(new DynamoDBClient(config), name), `iam:${Arn}`, values);
}

/** Starts the local runtime, because its stream writes the history. */
async function resetLocally(values: Values): Promise<void> {
  const dataDir = resolve(values.data);
  const synthesized = async () => {
    const folder = resolve(dataDir, 'assembly');
    await synthesize(resolve(import.meta.dirname, '..'), folder, {});
    return folder;
  };
  const runtime = await startRuntime({
    dataDir,
    port: 0,
    schedules: false,
    command: 'npm run operator:reset',
    assembly: values.assembly ?? synthesized,
  });
  try {
    await withRosterTable(runtime, (table) => reset(table, 'local', values));
    await runtime.settled();
  } finally {
    await runtime.close();
  }
}

try {
  const { values } = parseArgs({ args: process.argv.slice(2), options: flags });
  if (values.help) console.log(help);
  else await (values.local ? resetLocally(values) : resetInAws(values));
} catch (error) {
  // The messages of the SDK and of the runtime's start say what to do. A stack would hide them.
  console.error(`${(error as Error).message} (--help shows the options)`);
  process.exitCode = 1;
}

import type { Command } from 'commander';
import { type TokenAnswer, tokenLines, tokenWord } from '../output/token-text.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { printConnection } from './connections.ts';
import { examples } from './examples.ts';
import { endsAtOnce, type GraceOptions, graceOf, withGraceOptions } from './grace-options.ts';
import { readValues, type SecretOptions, withSecretOptions } from './secret-input.ts';
import { isTokenShown, type ShowTokenOptions, withShowTokenOption } from './show-token.ts';

/** What an operator does next, if something is left to do. */
function nextSteps({ connection }: TokenAnswer): string[] {
  const { name, status, endpoint } = connection;
  const previous = endpoint?.tokens.find(({ expiresAt }) => expiresAt !== undefined);
  return [
    ...(previous
      ? [
          `The previous ${tokenWord(connection)} is accepted until ${previous.expiresAt}. Once the sender uses the new one, you can end it: hooklatch token end-grace ${name}`,
        ]
      : []),
    ...(status === 'configured' ? [`The endpoint has no URL yet: hooklatch endpoint activate ${name}`] : []),
    ...(status === 'inactive' ? [`The endpoint is inactive: hooklatch endpoint activate ${name}`] : []),
  ];
}

/** Prints what was made: the token, or without it the connection. Then what to do next. */
function printMade(session: Session, answer: TokenAnswer, options: ShowTokenOptions): void {
  const { connection } = answer;
  if (isTokenShown(session, options)) session.print(answer, (isColoured) => tokenLines(answer, isColoured));
  else {
    printConnection(session, connection);
    session.tell(`To see the ${tokenWord(connection)}: hooklatch token reveal ${connection.name}`);
  }
  for (const step of nextSteps(answer)) session.tell(step);
}

function addGenerate(token: Command, open: OpenSession): void {
  withShowTokenOption(withSecretOptions(token.command('generate <name>')))
    .description('generate a token, or adopt the secret that the sender made')
    .addHelpText(
      'after',
      examples('hooklatch token generate orders', 'hooklatch token generate billing --value-stdin < secret.txt'),
    )
    .action(async (name: string, options: SecretOptions & ShowTokenOptions, command: Command) => {
      const session = open(command);
      const body = await readValues(session.terminal, options);
      const key = 'POST /v1/connections/{name}/endpoint/token';
      printMade(session, await session.api.call(key, { params: { name }, body }), options);
    });
}

function addReveal(token: Command, open: OpenSession): void {
  token
    .command('reveal <name>')
    .description('print the live tokens, and the URLs to paste into the sender; the history records it')
    .addHelpText('after', examples('hooklatch token reveal orders', 'hooklatch token reveal orders --json'))
    .action(async (name: string, _options: object, command: Command) => {
      const session = open(command);
      const answer = await session.api.call('GET /v1/connections/{name}/endpoint/token', { params: { name } });
      session.print(answer, (isColoured) => tokenLines(answer, isColoured));
    });
}

type RotateOptions = SecretOptions & GraceOptions & ShowTokenOptions;

function addRotate(token: Command, open: OpenSession): void {
  withGraceOptions(withShowTokenOption(withSecretOptions(token.command('rotate <name>'))))
    .description('make a new token; the old one is accepted until its grace ends')
    .addHelpText(
      'after',
      examples('hooklatch token rotate orders', 'hooklatch token rotate orders --grace-seconds 3600'),
    )
    .action(async (name: string, options: RotateOptions, command: Command) => {
      const session = open(command);
      const { terminal } = session;
      const key = 'POST /v1/connections/{name}/endpoint/token/rotate';
      if (endsAtOnce(options)) {
        await session.warnIfManaged(name, key);
        await confirm(terminal, `Rotate the token of ${name}? A token that senders may use ends now.`, options);
      }
      const body = { ...(await readValues(terminal, options)), ...graceOf(options) };
      printMade(session, await session.api.call(key, { params: { name }, body }), options);
    });
}

function addEnding(
  token: Command,
  open: OpenSession,
  {
    verb,
    path,
    description,
    question,
  }: { verb: string; path: '' | '/previous'; description: string; question: string },
): void {
  token
    .command(`${verb} <name>`)
    .description(description)
    .option('--yes', 'do not ask')
    .addHelpText('after', examples(`hooklatch token ${verb} orders`, `hooklatch token ${verb} orders --yes`))
    .action(async (name: string, options: { yes?: boolean }, command: Command) => {
      const session = open(command);
      const key = `DELETE /v1/connections/{name}/endpoint/token${path}` as const;
      await session.warnIfManaged(name, key);
      await confirm(session.terminal, question.replace('NAME', name), options);
      printConnection(session, await session.api.call(key, { params: { name } }));
    });
}

/** `token`: the token of an endpoint, or its signing secret. */
export function addToken(program: Command, open: OpenSession): void {
  const token = program.command('token').description('generate, reveal, rotate and remove the token of an endpoint');
  addGenerate(token, open);
  addReveal(token, open);
  addRotate(token, open);
  addEnding(token, open, {
    verb: 'end-grace',
    path: '/previous',
    description: 'end the grace of the previous token now',
    question: 'End the previous token of NAME now?',
  });
  addEnding(token, open, {
    verb: 'remove',
    path: '',
    description: 'remove every live token; an active endpoint becomes inactive',
    question: 'Remove every token of NAME? Its URL then refuses every webhook.',
  });
}

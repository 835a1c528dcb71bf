import type { Command } from 'commander';
import { maxSentBytes } from '../../../shared/endpoints/endpoint/self-test-request.ts';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { BadResult, UsageError } from '../command-error.ts';
import { selfTestLines } from '../output/self-test-text.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type SendToOptions, sendTo, withSendToOptions } from './send-to.ts';
import { type SentOptions, sentFileOf } from './sent-file.ts';

interface SendOptions extends SentOptions, SendToOptions {
  publish?: boolean;
  real?: boolean;
  yes?: boolean;
}

/** @throws UsageError if options do not go together */
function check(
  { type, event, file, contentType, publish, real, to, provider, secret, token }: SendOptions,
  name?: string,
) {
  const refuse = (isWrong: unknown, message: string) => {
    if (isWrong) throw new UsageError(message);
  };
  refuse(event !== undefined && file !== undefined, 'Use either --event or --file.');
  refuse(event !== undefined && type !== undefined, 'An event has its type: leave --type out.');
  refuse(contentType !== undefined && file === undefined, '--content-type goes with --file.');
  refuse(real && publish, 'A real webhook is published: leave --publish out.');
  refuse(to !== undefined && (real || publish), '--to sends past Hooklatch: leave --real and --publish out.');
  refuse(
    to === undefined && [provider, secret, token].some((each) => each !== undefined),
    '--provider, --secret and --token go with --to.',
  );
  refuse(name === undefined && to === undefined, 'Name a connection, or say where to send it: --to.');
  refuse(name !== undefined && provider !== undefined, 'The connection has its provider: leave --provider out.');
  refuse(name === undefined && event !== undefined, 'An event is one of a connection: name it.');
}

async function requestOf(
  { terminal }: Session,
  options: SendOptions,
): Promise<ApiBody<'POST /v1/connections/{name}/endpoint/test'>> {
  const { type, event, publish, real } = options;
  const file = await sentFileOf(terminal, options);
  if (file && file.bytes.length > maxSentBytes)
    throw new UsageError(
      `The file has ${file.bytes.length} bytes. At most ${maxSentBytes} can be sent, and any number with --to.`,
    );
  return {
    ...(publish && { publish }),
    ...(real && { real }),
    ...(type !== undefined && { type }),
    ...(event !== undefined && { eventId: event }),
    ...(file && { bodyBase64: file.bytes.toString('base64'), contentType: file.contentType }),
    ...(event === undefined && !file && { sample: true }),
  };
}

async function sendThrough(session: Session, name: string, options: SendOptions): Promise<void> {
  const body = await requestOf(session, options);
  if (options.real) {
    const question = `Send this to ${name} in the name of its sender? It is published and routed as any webhook.`;
    await confirm(session.terminal, question, options);
  }
  const result = await session.api.call('POST /v1/connections/{name}/endpoint/test', { params: { name }, body });
  session.print(result, (isColoured) => [
    ...selfTestLines(result, name, isColoured),
    ...(result.eventId === null ? [] : [`Event: ${result.eventId}`]),
  ]);
  if (!result.passed) throw new BadResult('It did not arrive.');
}

/** `send`: a webhook as the sender would send it, to an endpoint or to a local program. */
export function addSend(program: Command, open: OpenSession): void {
  const command = program
    .command('send [name]')
    .description(
      'send a webhook as its sender would, with the right proof: a sample, a recorded event, or a file; exits with 1 if it does not arrive',
    )
    .option('--type <type>', 'the type of the sample (default: its own)')
    .option('--event <id>', 'what this event of the connection was')
    .option('--file <path>', 'the bytes of a file, or - for stdin')
    .option('--content-type <type>', 'what the file is (default: JSON)')
    .option('--publish', 'publish the test on the bus too; by default it is only stored')
    .option('--real', 'not as a test: it is counted, published and routed as any webhook')
    .option('--yes', 'do not ask before a real one');
  withSendToOptions(command)
    .addHelpText(
      'after',
      examples(
        'hooklatch send code --type push',
        'hooklatch send code --file push.json --type push --real',
        'hooklatch send --provider github --type push --to http://localhost:3000/hook --secret env:GITHUB_WEBHOOK_SECRET',
      ),
    )
    .action(async (name: string | undefined, options: SendOptions, ran: Command) => {
      const session = open(ran);
      check(options, name);
      const { to } = options;
      if (to !== undefined) await sendTo(session, name, { ...options, to });
      else if (name !== undefined) await sendThrough(session, name, options);
    });
}

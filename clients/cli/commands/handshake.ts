import type { Command } from 'commander';
import { confirm } from '../prompt.ts';
import type { OpenSession } from '../session.ts';
import { printConnection } from './connections.ts';
import { examples } from './examples.ts';
import { endsAtOnce, type GraceOptions, graceOf, withGraceOptions } from './grace-options.ts';
import { positiveNumber } from './listing.ts';

function addOpen(handshake: Command, open: OpenSession): void {
  handshake
    .command('open <name>')
    .description('open a window in which the sender can deliver its secret once')
    .option('--minutes <n>', 'how long the window is open', positiveNumber, 10)
    .addHelpText('after', examples('hooklatch handshake open tasks', 'hooklatch handshake open tasks --minutes 30'))
    .action(async (name: string, { minutes }: { minutes: number }, command: Command) => {
      const session = open(command);
      const key = 'POST /v1/connections/{name}/endpoint/handshake';
      printConnection(session, await session.api.call(key, { params: { name }, body: { minutes } }));
    });
}

function addConfirm(handshake: Command, open: OpenSession): void {
  withGraceOptions(handshake.command('confirm <name>'))
    .description('make the delivered secret live; the previous one is accepted until its grace ends')
    .addHelpText(
      'after',
      examples('hooklatch handshake confirm tasks', 'hooklatch handshake confirm tasks --grace-seconds 3600'),
    )
    .action(async (name: string, options: GraceOptions, command: Command) => {
      const session = open(command);
      const key = 'POST /v1/connections/{name}/endpoint/handshake/confirm';
      if (endsAtOnce(options)) {
        await session.warnIfManaged(name, key);
        const question = `Confirm the delivered secret of ${name}? A secret that the sender may use ends now.`;
        await confirm(session.terminal, question, options);
      }
      printConnection(session, await session.api.call(key, { params: { name }, body: graceOf(options) }));
    });
}

function addClose(handshake: Command, open: OpenSession): void {
  handshake
    .command('close <name>')
    .description('close the window, and drop a delivered secret that is not confirmed')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('hooklatch handshake close tasks', 'hooklatch handshake close tasks --yes'))
    .action(async (name: string, options: { yes?: boolean }, command: Command) => {
      const session = open(command);
      const key = 'DELETE /v1/connections/{name}/endpoint/handshake';
      await session.warnIfManaged(name, key);
      await confirm(session.terminal, `Close the handshake of ${name}? A secret that waits is dropped.`, options);
      printConnection(session, await session.api.call(key, { params: { name } }));
    });
}

/** `handshake`: secrets that the sender delivers. */
export function addHandshake(program: Command, open: OpenSession): void {
  const handshake = program.command('handshake').description('open, confirm and close a handshake with the sender');
  for (const add of [addOpen, addConfirm, addClose]) add(handshake, open);
}

import type { Command } from 'commander';
import { fields } from '../output/table.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';

/** `whoami`: whose token this is. */
export function addWhoami(program: Command, open: OpenSession): void {
  program
    .command('whoami')
    .description('show whose token this is, and its role')
    .addHelpText('after', examples('hooklatch whoami', 'hooklatch whoami --json'))
    .action(async (_options: object, command: Command) => {
      const session = open(command);
      const me = await session.api.call('GET /v1/me');
      session.print(me, (isColoured) =>
        fields(
          [
            ['name', me.name],
            ['role', me.role],
            ['expires', me.expiresAt],
            ['adds operators until', me.latestOperatorExpiry],
          ],
          isColoured,
        ),
      );
    });
}

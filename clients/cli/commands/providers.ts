import type { Command } from 'commander';
import { fields, painted, table } from '../output/table.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';

function addList(providers: Command, open: OpenSession): void {
  providers
    .command('list')
    .description('list the senders that are known by name')
    .addHelpText('after', examples('hooklatch providers list'))
    .action(async (_options: object, command: Command) => {
      const session = open(command);
      const list = await session.api.call('GET /v1/providers');
      session.print(list, (isColoured) =>
        table(
          ['ID', 'NAME', 'AUTH', 'SECRET FROM'],
          list.items.map(({ id, name, kind, secretFrom }) => [painted('bold', id), name, kind, secretFrom]),
          isColoured,
        ),
      );
    });
}

function addShow(providers: Command, open: OpenSession): void {
  providers
    .command('show <id>')
    .description('show where a sender wants the URL and the secret')
    .addHelpText('after', examples('hooklatch providers show github'))
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const view = await session.api.call('GET /v1/providers/{id}', { params: { id } });
      session.print(view, (isColoured) =>
        fields(
          [
            ['id', painted('bold', view.id)],
            ['name', view.name],
            ['auth', view.kind],
            ['secret from', view.secretFrom],
            ['URL', view.url],
            ['secret', view.secret],
            ['content type', view.contentType],
            ['docs', view.docs],
          ],
          isColoured,
        ),
      );
    });
}

/** `providers`: the senders that are known by name. */
export function addProviders(program: Command, open: OpenSession): void {
  const providers = program.command('providers').description('list and show the senders that are known by name');
  for (const add of [addList, addShow]) add(providers, open);
}

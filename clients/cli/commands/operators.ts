import { type Command, Option } from 'commander';
import { type Role, roles } from '../../../shared/ground/base/actor.ts';
import { fields, painted, table } from '../output/table.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';
import { type ListOptions, noteMore, readPages, withListOptions } from './listing.ts';
import { addReset } from './operators-reset.ts';
import { parseTime } from './time-option.ts';

function addList(operators: Command, open: OpenSession): void {
  withListOptions(operators.command('list'))
    .description('list who has an operator token, the oldest first')
    .addHelpText('after', examples('hooklatch operators list'))
    .action(async (options: ListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const list = await readPages(options, (query) => api.call('GET /v1/operators', { query }));
      session.print(list, (isColoured) =>
        table(
          ['ID', 'NAME', 'ROLE', 'EXPIRES', 'LAST USED'],
          list.items.map(({ id, name, role, expiresAt = '', expired, lastUsedAt }) => [
            id,
            painted('bold', name),
            role,
            expired ? painted('red', 'expired') : expiresAt,
            lastUsedAt ?? 'never',
          ]),
          isColoured,
        ),
      );
      if (list.bootstrap === 'open' && !session.isJson) session.tell('The bootstrap token still works.');
      noteMore(session, list);
    });
}

interface CreateOptions {
  role: Role;
  expiresAt?: string;
}

function addCreate(operators: Command, open: OpenSession): void {
  operators
    .command('create <name>')
    .description('add an operator and print the token, which is shown only this once')
    .addOption(new Option('--role <role>', 'what the operator may do').choices(roles).makeOptionMandatory())
    .option(
      '--expires-at <time>',
      'when the token ends, such as 2027-01-31T00:00:00Z (default: never). An admin whose own token ends can name no later time',
      parseTime,
    )
    .addHelpText(
      'after',
      examples(
        'hooklatch operators create ada --role connection_admin',
        'hooklatch operators create ci --role flow_designer --expires-at 2027-01-31T00:00:00Z',
      ),
    )
    .action(async (name: string, { role, expiresAt }: CreateOptions, command: Command) => {
      const session = open(command);
      const body = { name, role, ...(expiresAt !== undefined && { expiresAt }) };
      const created = await session.api.call('POST /v1/operators', { body });
      const { token, operator } = created;
      session.print(created, (isColoured) =>
        fields(
          [
            ['id', operator.id],
            ['name', operator.name],
            ['role', operator.role],
            ['expires', operator.expiresAt],
            ['token', painted('bold', token)],
          ],
          isColoured,
        ),
      );
      if (session.isJson) return;
      session.tell(
        `Give the token to ${name}, where nobody else can read it. With it: hooklatch login --url ${session.url}`,
      );
    });
}

function addRevoke(operators: Command, open: OpenSession): void {
  operators
    .command('revoke <id>')
    .description('revoke the token of an operator; it stops working at once')
    .option('--yes', 'do not ask')
    .addHelpText('after', examples('hooklatch operators revoke 4f1c…', 'hooklatch operators revoke 4f1c… --yes'))
    .action(async (id: string, options: { yes?: boolean }, command: Command) => {
      const session = open(command);
      await confirm(session.terminal, `Revoke the operator ${id}? The token stops working at once.`, options);
      await session.api.call('DELETE /v1/operators/{id}', { params: { id } });
      session.print({ id, revoked: true }, `Revoked the operator ${id}.`);
    });
}

function addHistory(operators: Command, open: OpenSession): void {
  withListOptions(operators.command('history'))
    .description('list who added and revoked operators, the newest first')
    .addHelpText('after', examples('hooklatch operators history'))
    .action(async (options: ListOptions, command: Command) => {
      const session = open(command);
      const { api } = session;
      const list = await readPages(options, (query) => api.call('GET /v1/operators/history', { query }));
      session.print(list, (isColoured) =>
        table(
          ['TIME', 'BY', 'CHANGE', 'OPERATOR'],
          list.items.map(({ at, by, verb, operator }) => [at, by, verb, operator?.name ?? '']),
          isColoured,
        ),
      );
      noteMore(session, list);
    });
}

/** `operators`: people and pipelines with an operator token. */
export function addOperators(program: Command, open: OpenSession): void {
  const operators = program.command('operators').description('list, create, revoke and reset operator tokens');
  for (const add of [addList, addCreate, addRevoke, addHistory, addReset]) add(operators, open);
}

import { type Command, Option } from 'commander';
import { deliveryStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import type { ApiRequest } from '../../../shared/operators/api/api-client.ts';
import { deliveryLines, deliveryTableText, routedTable } from '../output/delivery-text.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';
import { type ListOptions, noteMore, readPages, withListOptions } from './listing.ts';

const listKey = 'GET /v1/destinations/{name}/deliveries';
const exampleId = 'dlv_evt_01j9zq8w7x6v5t4s3r2q1p0n9m_1772366400000_all_0';

interface DeliveryListOptions extends ListOptions {
  status?: NonNullable<ApiRequest<typeof listKey>['query']>['status'];
}

function addList(deliveries: Command, open: OpenSession): void {
  withListOptions(deliveries.command('list <destination>'))
    .description('list the deliveries to a destination, those of the newest events first')
    .addOption(new Option('--status <status>', 'only those with this status').choices(deliveryStates))
    .addHelpText(
      'after',
      examples('hooklatch deliveries list shop', 'hooklatch deliveries list shop --status given_up'),
    )
    .action(async (name: string, { status, ...options }: DeliveryListOptions, command: Command) => {
      const session = open(command);
      const query = status === undefined ? {} : { status };
      // All that the destination got is looked through for these, with a bound, which makes a page short.
      const isBounded = status === 'delivered';
      const read = (page: { limit: string; cursor?: string }) =>
        session.api.call(listKey, { params: { name }, query: { ...page, ...query } });
      const list = await readPages(options, read, isBounded);
      session.print(list, (isColoured) => deliveryTableText(list.items, isColoured));
      if (isBounded && list.nextCursor !== null && list.items.length < options.limit && !session.isJson)
        session.tell('It looked through about 14,000 deliveries, and there are more.');
      noteMore(session, list);
    });
}

function addOf(deliveries: Command, open: OpenSession): void {
  deliveries
    .command('of <connection> <event>')
    .description('show where an event went, and which rules it did not match')
    .addHelpText('after', examples('hooklatch deliveries of orders evt_01j9zq8w7x6v5t4s3r2q1p0n9m'))
    .action(async (name: string, id: string, _options: object, command: Command) => {
      const session = open(command);
      const list = await session.api.call('GET /v1/connections/{name}/events/{id}/deliveries', {
        params: { name, id },
      });
      session.print(list, (isColoured) => routedTable(list.items, isColoured));
    });
}

function addShow(deliveries: Command, open: OpenSession): void {
  deliveries
    .command('show <id>')
    .description('show a delivery with all of its attempts')
    .addHelpText('after', examples(`hooklatch deliveries show ${exampleId}`))
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const view = await session.api.call('GET /v1/deliveries/{id}', { params: { id } });
      session.print(view, (isColoured) => deliveryLines(view, isColoured));
    });
}

function addAttempt(deliveries: Command, open: OpenSession): void {
  deliveries
    .command('attempt <id>')
    .description('attempt a delivery now that waits, before all others, within what its destination allows')
    .addHelpText('after', examples(`hooklatch deliveries attempt ${exampleId}`))
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const view = await session.api.call('POST /v1/deliveries/{id}/attempt', { params: { id }, body: {} });
      session.print(view, `It is attempted next: hooklatch deliveries show ${id}`);
    });
}

function addRedeliver(deliveries: Command, open: OpenSession): void {
  deliveries
    .command('redeliver <id>')
    .description('send what was made for an ended delivery again; a replay goes through today’s routes instead')
    .addHelpText('after', examples(`hooklatch deliveries redeliver ${exampleId}`))
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const view = await session.api.call('POST /v1/deliveries/{id}/redeliver', { params: { id }, body: {} });
      session.print(view, `It is on its way: hooklatch deliveries show ${id}`);
    });
}

export function addDeliveries(program: Command, open: OpenSession): void {
  const deliveries = program.command('deliveries').description('what was sent to destinations, and what came back');
  for (const add of [addList, addOf, addShow, addAttempt, addRedeliver]) add(deliveries, open);
}

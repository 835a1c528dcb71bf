/** `redeliveries`: many ended deliveries of a destination, sent again. */
import { type Command, Option } from 'commander';
import { type RedeliverableState, redeliverableStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import { redeliveryLines, redeliveryPlanLines, statusesText } from '../output/redelivery-text.ts';
import type { OpenSession } from '../session.ts';
import { addJobCommands, bodyOfStart, type StartOptions } from './job-commands.ts';

interface RedeliveryOptions extends StartOptions {
  status?: RedeliverableState[];
  connection?: string;
  rule?: string;
}

const bodyOf = ({ status, connection, rule, ...options }: RedeliveryOptions) => ({
  ...bodyOfStart(options),
  ...(status !== undefined && { statuses: status }),
  ...(connection !== undefined && { connection }),
  ...(rule !== undefined && { rule }),
});

const withStartOptions = (start: Command): Command =>
  start
    .addOption(
      new Option(
        '--status <status...>',
        'only those with these statuses (default: failed, given_up and cancelled)',
      ).choices(redeliverableStates),
    )
    .option('--connection <name>', 'only those of events of this connection')
    .option('--rule <id>', 'only those by this rule');

export const addRedeliveries = (program: Command, open: OpenSession): void =>
  addJobCommands(program, open, {
    command: 'redeliveries',
    job: 'redelivery',
    thing: 'a delivery',
    owner: 'destination',
    exampleOwner: 'shop',
    description: 'send what was made for many deliveries again: start, list, show and cancel',
    descriptions: {
      start: 'send what was made for ended deliveries again, those of the oldest events first',
      dryRun: 'only count the deliveries, and show the first of them',
      list: 'list the redeliveries of many of the last 30 days, the newest first',
      show: 'show how far a redelivery of many is',
      cancel: 'end a redelivery of many; what it has sent stays sent',
    },
    startExamples: [
      'hooklatch redeliveries start shop --from 2026-03-01T12:00:00Z --dry-run',
      'hooklatch redeliveries start shop --from 2026-03-01 --status given_up --connection orders --rate 20',
    ],
    withStartOptions,
    start: (api, name, options: RedeliveryOptions) =>
      api.call('POST /v1/destinations/{name}/redeliveries', { params: { name }, body: bodyOf(options) }),
    list: (api, name, query) => api.call('GET /v1/destinations/{name}/redeliveries', { params: { name }, query }),
    show: (api, name, id) => api.call('GET /v1/destinations/{name}/redeliveries/{id}', { params: { name, id } }),
    cancel: (api, name, id) => api.call('DELETE /v1/destinations/{name}/redeliveries/{id}', { params: { name, id } }),
    lines: redeliveryLines,
    planLines: redeliveryPlanLines,
    column: { header: 'STATUSES', cell: ({ statuses }) => statusesText(statuses) },
    failure: 'Not every delivery was redelivered.',
  });

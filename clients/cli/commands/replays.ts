/** `replays`: many events, published again. */
import type { Command } from 'commander';
import { replayLines, replayPlanLines } from '../output/replay-text.ts';
import type { OpenSession } from '../session.ts';
import { addJobCommands, bodyOfStart, type StartOptions } from './job-commands.ts';

interface ReplayOptions extends StartOptions {
  type?: string;
}

export const addReplays = (program: Command, open: OpenSession): void =>
  addJobCommands(program, open, {
    command: 'replays',
    job: 'replay',
    thing: 'an event',
    owner: 'name',
    exampleOwner: 'orders',
    description: 'publish many events again: start, list, show and cancel',
    descriptions: {
      start: 'publish the events of a range of time again, the oldest first',
      dryRun: 'only count the events',
      list: 'list the replays and releases of the last 30 days, the newest first',
      show: 'show how far a replay or a release is',
      cancel: 'end a replay; what it has published stays published',
    },
    startExamples: [
      'hooklatch replays start orders --from 2026-03-01T12:00:00Z --dry-run',
      'hooklatch replays start orders --from 2026-03-01T12:00:00Z --to 2026-03-01T13:00:00Z --rate 20',
    ],
    withStartOptions: (start) => start.option('--type <type>', 'only of this type'),
    start: (api, name, { type, ...options }: ReplayOptions) =>
      api.call('POST /v1/connections/{name}/replays', {
        params: { name },
        body: { ...bodyOfStart(options), ...(type !== undefined && { type }) },
      }),
    list: (api, name, query) => api.call('GET /v1/connections/{name}/replays', { params: { name }, query }),
    show: (api, name, id) => api.call('GET /v1/connections/{name}/replays/{id}', { params: { name, id } }),
    cancel: (api, name, id) => api.call('DELETE /v1/connections/{name}/replays/{id}', { params: { name, id } }),
    lines: replayLines,
    planLines: replayPlanLines,
    column: { header: 'KIND', cell: ({ kind }) => kind },
    failure: 'Not every event was published.',
  });

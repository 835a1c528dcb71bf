import * as z from 'zod';
import type { RouteKey } from '../../../shared/operators/api/routes.ts';
import { connection, given } from '../fields.ts';
import { type Annotations, defineTool, type Mode, toolAnswerSchema } from '../tool.ts';
import { connectionOf, connectionShape } from './connections.ts';

type VerbKey = Extract<
  RouteKey,
  `POST /v1/connections/{name}/endpoint/${'activate' | 'deactivate' | 'hold' | 'release'}`
>;

interface Verb {
  key: VerbKey;
  name: string;
  mode: Exclude<Mode, 'read'>;
  title: string;
  description: string;
  annotations: Annotations;
}

const verbTool = ({ key, ...about }: Verb) =>
  defineTool({
    ...about,
    input: z.strictObject({
      connection,
      version: z.int().optional().describe('Refuse if the connection has another version by now.'),
    }),
    output: toolAnswerSchema(connectionShape),
    run: async ({ connection: name, version }, { api, fence }) =>
      connectionOf(await api.call(key, { params: { name }, ...given({ ifMatch: version }) }), fence),
  });

/** A verb that is done when it is done twice. */
const change: Annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true };

export const endpointTools = [
  verbTool({
    key: 'POST /v1/connections/{name}/endpoint/activate',
    name: 'activate_endpoint',
    mode: 'endpoint',
    title: 'Activate an endpoint',
    description: 'Opens the public URL of a connection, which is the same at every activation.',
    annotations: change,
  }),
  verbTool({
    key: 'POST /v1/connections/{name}/endpoint/deactivate',
    name: 'deactivate_endpoint',
    mode: 'endpoint',
    title: 'Deactivate an endpoint',
    description:
      'Closes the public URL of a connection: every sender is refused, and what they send meanwhile may be lost. To pause without loss, hold it.',
    annotations: { ...change, destructiveHint: true },
  }),
  verbTool({
    key: 'POST /v1/connections/{name}/endpoint/release',
    name: 'release_endpoint',
    mode: 'endpoint',
    title: 'Release an endpoint',
    description: 'Ends a hold: new events are published again, and the held ones too, the oldest first.',
    annotations: change,
  }),
  verbTool({
    key: 'POST /v1/connections/{name}/endpoint/hold',
    name: 'hold_endpoint',
    mode: 'hold',
    title: 'Hold an endpoint',
    description:
      'Pauses a connection without loss: it accepts and stores webhooks, and publishes none until somebody releases it.',
    annotations: { ...change, openWorldHint: false },
  }),
];

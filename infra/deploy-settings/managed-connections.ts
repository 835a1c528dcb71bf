import { z } from 'zod';
import type { Setting } from './setting.ts';

/** Whether other stacks can have connections (`WebhookConnection`). */
export const managedConnections = {
  schema: z
    .boolean()
    .default(false)
    .describe('Whether stacks can have connections of this deployment, by a function with the rights of an admin.'),
  advice: 'use true or false',
  fromText: (text) => (text === 'true' || text === 'false' ? text === 'true' : text),
} satisfies Setting;

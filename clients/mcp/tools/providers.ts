import * as z from 'zod';
import { defineTool, ownRead, toolAnswerSchema } from '../tool.ts';

const summaryShape = {
  id: z.string(),
  name: z.string(),
  docs: z.string(),
  kind: z.string().describe('What proves its webhooks: token, signature or both.'),
  secretFrom: z.string().describe('Who makes the secret.'),
};

const listProviders = defineTool({
  name: 'list_providers',
  mode: 'read',
  title: 'List senders',
  description: 'Lists the senders that are known by name, such as github and stripe.',
  annotations: ownRead,
  input: z.strictObject({}),
  output: toolAnswerSchema({ items: z.array(z.strictObject(summaryShape)) }),
  async run(_, { api }) {
    const { items } = await api.call('GET /v1/providers');
    return { items: items.map(({ id, name, docs, kind, secretFrom }) => ({ id, name, docs, kind, secretFrom })) };
  },
});

const getProvider = defineTool({
  name: 'get_provider',
  mode: 'read',
  title: 'Read about a sender',
  description:
    'Reads how a sender is set up: where it wants the URL and the secret, its content type, and what it sends as a test. A person does that at the sender.',
  annotations: ownRead,
  input: z.strictObject({
    provider: z
      .string()
      .regex(/^[a-z0-9-]{1,48}$/)
      .describe('The id of a sender.'),
  }),
  output: toolAnswerSchema({
    ...summaryShape,
    url: z.string(),
    secret: z.string(),
    contentType: z.string().optional(),
    test: z.string().optional(),
    deadlineSeconds: z.number().optional(),
  }),
  async run({ provider: wanted }, { api }) {
    const provider = await api.call('GET /v1/providers/{id}', { params: { id: wanted } });
    const { id, name, docs, kind, secretFrom, url, secret, contentType, test, deadlineSeconds } = provider;
    return { id, name, docs, kind, secretFrom, url, secret, contentType, test, deadlineSeconds };
  },
});

export const providerTools = [listProviders, getProvider];

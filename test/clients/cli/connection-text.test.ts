/** What `connections show` prints of an endpoint's settings. */
import { expect, test } from '@jest/globals';
import { connectionLines } from '../../../clients/cli/output/connection-text.ts';
import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';

const view = {
  name: 'orders',
  provider: 'generic',
  description: '',
  version: 3,
  status: 'active',
  updatedAt: '2026-03-01T12:00:00.000Z',
  updatedBy: 'op_1',
  endpoint: {
    url: 'https://h.example/hooks/orders/e1',
    auth: { kind: 'token', accept: [{ in: 'path' }] },
    methods: ['POST', 'PUT'],
    allowFrom: null,
    dedupe: { by: 'none' },
    type: null,
    split: false,
    raw: false,
    retentionDays: 30,
    tokens: [],
  },
} as unknown as ConnectionView;

/** The shown settings of an endpoint with this change. */
const shown = (change: object): string[] => {
  const changed = { ...view, endpoint: { ...view.endpoint, ...change } } as ConnectionView;
  return connectionLines(changed, false)
    .map((line) => line.replace(/\s+/g, ' '))
    .filter((line) => /^(places|scheme|methods|addresses|dedupe|type|split|raw|retention)\b/i.test(line));
};

test('the settings of an endpoint with defaults', () => {
  expect(shown({})).toEqual([
    'places In the URL, as its last segment',
    'methods POST, PUT',
    'dedupe not at all: each webhook is stored, a repeat too',
    'type as the sender names it, else webhook',
    'retention 30 days',
  ]);
});

test.each([
  [{ dedupe: { by: 'header', name: 'x-id' } }, 'dedupe by the header x-id'],
  [{ dedupe: { by: 'body', path: '/id' } }, 'dedupe by /id in the body'],
  [{ dedupe: { by: 'content' } }, 'dedupe by the content of the body'],
  [{ type: { in: 'header', name: 'x-type' } }, 'type in the header x-type, else webhook'],
  [{ type: { in: 'body', path: '/type' } }, 'type at /type in the body, else webhook'],
  [{ allowFrom: ['192.0.2.0/24', '198.51.100.7'] }, 'addresses 192.0.2.0/24, 198.51.100.7'],
  [
    { auth: { kind: 'token', accept: [{ in: 'path' }, { in: 'query', name: 'key' }] } },
    'places In the URL, as its last segment; In the URL, as ?key=…',
  ],
  [{ auth: { kind: 'signature', scheme: 'github' } }, 'scheme github'],
  [{ split: true }, 'split each item of a list is an event of its own'],
  [{ raw: true }, 'raw on the bus too, as dataBase64'],
  [{ retentionDays: 7 }, 'retention 7 days'],
])('%j is shown as “%s”', (change, line) => {
  expect(shown(change)).toContain(line);
});

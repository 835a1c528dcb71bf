import { describe, expect, test } from '@jest/globals';
import { authInForceSchema, authSchema } from '../../../../shared/endpoints/settings/auth.ts';
import {
  changedSettings,
  settingsChangeSchema,
  settingsSchema,
} from '../../../../shared/endpoints/settings/settings.ts';

type Checked = { success: boolean; data?: unknown; error?: { issues: { path: PropertyKey[]; message: string }[] } };

/** The fields that a schema rejects, with its messages. */
const faultsIn = ({ error }: Checked) =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
const fieldsIn = ({ error }: Checked) => (error?.issues ?? []).map(({ path }) => path.join('.'));
const change = (given: object): Checked => settingsChangeSchema.safeParse(given);

const allSettings = {
  auth: { kind: 'both', accept: [{ in: 'path' }], scheme: 'github' },
  answer: { status: 202, body: '{"ok":true}', contentType: 'application/json' },
  dedupe: { by: 'header', name: 'x-id' },
  allowFrom: ['192.0.2.1', '198.51.100.0/24'],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  retentionDays: 7,
  secretFrom: 'sender',
  alerts: { rejections: { count: 3, minutes: 5 }, silence: { minutes: 60 } },
  split: { items: '/events', id: '/id', type: '/type' },
  raw: true,
  type: { in: 'header', name: 'x-event' },
};

test('the headers of a custom scheme are in lower case, however they are written', () => {
  const scheme = (name: string) => ({
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
    signatures: [{ in: 'header', name }],
    message: [{ part: 'body' }],
  });
  expect(authSchema.parse({ kind: 'signature', scheme: scheme('X-Signature') })).toEqual({
    kind: 'signature',
    scheme: scheme('x-signature'),
  });
});

describe('a change of settings', () => {
  test('may name every setting', () => {
    expect(change(allSettings).data).toEqual(allSettings);
    expect(settingsSchema.parse(allSettings)).toEqual(allSettings);
  });

  test('may put every default back', () => {
    const defaults = Object.fromEntries(Object.keys(allSettings).map((name) => [name, null]));
    expect(change(defaults).data).toEqual(defaults);
    expect(change({}).data).toEqual({});
  });

  test('can not have an unknown setting', () => {
    expect(change({ retention: 7 }).success).toBe(false);
  });

  test.each<[object, string]>([
    [{ methods: [] }, 'methods'],
    [{ methods: ['POST', 'TRACE'] }, 'methods.1'],
    [{ allowFrom: [] }, 'allowFrom'],
    [{ allowFrom: Array.from({ length: 65 }, (_, n) => `192.0.2.${n}`) }, 'allowFrom'],
    [{ retentionDays: 0 }, 'retentionDays'],
    [{ retentionDays: 366 }, 'retentionDays'],
    [{ secretFrom: 'nobody' }, 'secretFrom'],
    [{ answer: { status: 199 } }, 'answer.status'],
    [{ answer: { status: 300 } }, 'answer.status'],
    [{ answer: { status: 200, contentType: 'text/html' } }, 'answer.contentType'],
    [{ answer: { status: 200, contentType: 'text/plain', body: 'x'.repeat(1025) } }, 'answer.body'],
    [{ dedupe: { by: 'body', path: 'id' } }, 'dedupe.path'],
    [{ dedupe: { by: 'header', name: 'x id' } }, 'dedupe.name'],
    [{ dedupe: { by: 'query' } }, 'dedupe.by'],
    [{ type: { in: 'query', name: 'type' } }, 'type.in'],
    [{ type: { in: 'header', name: 'x type' } }, 'type.name'],
    [{ type: { in: 'body', path: 'type' } }, 'type.path'],
    [{ alerts: { rejections: { count: 0, minutes: 5 } } }, 'alerts.rejections.count'],
    [{ alerts: { rejections: { count: 1_000_001, minutes: 5 } } }, 'alerts.rejections.count'],
    [{ alerts: { rejections: { count: 1, minutes: 0 } } }, 'alerts.rejections.minutes'],
    [{ alerts: { rejections: { count: 1, minutes: 61 } } }, 'alerts.rejections.minutes'],
    [{ alerts: { silence: { minutes: 4 } } }, 'alerts.silence.minutes'],
    [{ alerts: { silence: { minutes: 10_081 } } }, 'alerts.silence.minutes'],
  ])('names the wrong field of %j', (given, field) => {
    expect(fieldsIn(change(given))).toEqual([field]);
  });

  test.each<object>([
    { dedupe: { by: 'body', path: '/id' } },
    { dedupe: { by: 'content' } },
    { dedupe: { by: 'none' } },
    { type: { in: 'body', path: '/type' } },
    { allowFrom: Array.from({ length: 64 }, (_, n) => `192.0.2.${n}`) },
    { methods: ['PUT'] },
    { retentionDays: 1 },
    { retentionDays: 365 },
    { secretFrom: 'operator' },
    { secretFrom: 'handshake' },
    { split: true },
    { split: false },
    { split: { items: '' } },
    { alerts: { rejections: { count: 1, minutes: 1 } } },
    { alerts: { rejections: { count: 1_000_000, minutes: 60 } } },
    { alerts: { silence: { minutes: 5 } } },
    // A week.
    { alerts: { silence: { minutes: 10_080 } } },
    { answer: { status: 200, contentType: 'text/plain', body: 'x'.repeat(1024) } },
    { answer: { status: 204 } },
    { answer: { status: 204, body: '' } },
    { answer: { status: 299, contentType: 'application/xml', body: '<ok/>' } },
    { answer: { status: 200, contentType: 'text/plain', body: 'OK' } },
  ])('may be %j', (given) => {
    expect(change(given).data).toEqual(given);
  });

  test.each<[object, string]>([
    [{ methods: ['POST', 'PUT', 'POST'] }, 'methods: has an entry twice; leave one out'],
    [{ allowFrom: ['192.0.2.1', '192.0.2.1'] }, 'allowFrom: has an entry twice; leave one out'],
    [{ answer: { status: 204, body: '{}' } }, 'answer.body: must be left out'],
    [{ answer: { status: 205, body: '{}' } }, 'answer.body: must be left out'],
    [{ answer: { status: 200, body: 'OK' } }, 'answer.body: is not valid JSON'],
    [{ answer: { status: 200, body: '{', contentType: 'application/json' } }, 'answer.body: is not valid JSON'],
    [{ alerts: {} }, 'alerts: has neither rejections nor silence'],
    [{ split: 'yes' }, 'split: must be true, false or {items, id?, type?}'],
    [{ split: { items: 'events' } }, 'split.items: must be a JSON pointer'],
    [{ split: { items: '/events', id: 'id' } }, 'split.id: must be a JSON pointer'],
    [{ split: { items: '/events', type: 'type' } }, 'split.type: must be a JSON pointer'],
  ])('says what to do about %j', (given, fault) => {
    expect(faultsIn(change(given))).toEqual([expect.stringContaining(fault)]);
  });
});

test('the headers of the delivery id and of the type are in lower case, however they are written', () => {
  const settings = (id: string, type: string) => ({
    dedupe: { by: 'header', name: id },
    type: { in: 'header', name: type },
  });
  expect(change(settings('X-Id', 'X-Event')).data).toEqual(settings('x-id', 'x-event'));
});

test('a change keeps what it does not name, and null removes a setting', () => {
  const settings = { retentionDays: 7, methods: ['POST' as const], allowFrom: ['192.0.2.1'] };
  expect(
    changedSettings(settings, { retentionDays: 30, methods: null, dedupe: undefined, split: false }),
  ).toStrictEqual({
    retentionDays: 30,
    allowFrom: ['192.0.2.1'],
    split: false,
  });
});

describe('auth', () => {
  const accept = [{ in: 'query', name: 'token' }];

  test.each<object>([
    { kind: 'token' },
    { kind: 'token', accept },
    { kind: 'signature' },
    { kind: 'signature', scheme: 'github' },
    { kind: 'signature', scheme: 'a'.repeat(48) },
    { kind: 'both', accept, scheme: 'standard-webhooks' },
    { kind: 'both', scheme: { kind: 'twilio' } },
  ])('may be %j', (auth) => {
    expect(authSchema.parse(auth)).toEqual(auth);
  });

  test.each<[object, string]>([
    [{ kind: 'none' }, 'kind'],
    [{ kind: 'token', accept: [] }, 'accept'],
    [{ kind: 'token', accept: Array.from({ length: 9 }, (_, n) => ({ in: 'query', name: `t${n}` })) }, 'accept'],
    [{ kind: 'token', scheme: 'github' }, ''],
    [{ kind: 'signature', scheme: '' }, 'scheme'],
    [{ kind: 'signature', scheme: 'a'.repeat(49) }, 'scheme'],
    [{ kind: 'signature', scheme: 'GitHub' }, 'scheme'],
    [{ kind: 'signature', scheme: 'github!' }, 'scheme'],
    [{ kind: 'signature', scheme: '!github' }, 'scheme'],
  ])('names the wrong field of %j', (auth, field) => {
    expect(fieldsIn(authSchema.safeParse(auth))).toEqual([field]);
  });

  test('says that a text is the name of a scheme', () => {
    expect(faultsIn(authSchema.safeParse({ kind: 'signature', scheme: 'Git Hub' }))).toEqual([
      'scheme: must be the name of a scheme of the provider',
    ]);
  });

  test('names the wrong field inside a custom scheme', () => {
    const fields = fieldsIn(authSchema.safeParse({ kind: 'signature', scheme: { kind: 'hmac' } }));
    expect(fields.length).toBeGreaterThan(0);
    expect(fields).toEqual(fields.map(() => expect.stringMatching(/^scheme\.[a-z]/)));
  });

  test.each<object>([
    { kind: 'token', accept },
    { kind: 'signature', scheme: 'github' },
    { kind: 'both', accept, scheme: 'github' },
  ])('in force may be %j, without fields of an operator', (auth) => {
    expect(authInForceSchema.parse({ ...auth, secret: 'a secret' })).toEqual(auth);
  });

  test.each([{ kind: 'token' }, { kind: 'signature' }, { kind: 'both', accept }, { kind: 'none', accept }])(
    'in force can not be %j',
    (auth) => {
      expect(authInForceSchema.safeParse(auth).success).toBe(false);
    },
  );
});

/** The settings of an endpoint in words: where the token, the signature and the type are. */
import { expect, test } from '@jest/globals';
import type { ConnectionView } from '../../../../shared/endpoints/endpoint/connection-view.ts';
import { settingTexts } from '../../../../shared/operators/api/settings-text.ts';

type Endpoint = NonNullable<ConnectionView['endpoint']>;

const endpoint = (change: Partial<Endpoint>): Endpoint =>
  ({
    ...{ auth: { kind: 'token', accept: [] }, methods: [], allowFrom: null, dedupe: { by: 'none' } },
    ...{ type: null, split: false, raw: false, retentionDays: 30 },
    ...change,
  }) as unknown as Endpoint;

test('the places for the token are those that are in force, each as the form calls it', () => {
  const accept = [
    { in: 'header', name: 'authorization', scheme: 'Bearer' },
    { in: 'header', name: 'x-token' },
    { in: 'query', name: 'key' },
    { in: 'path' },
    { in: 'basic', username: 'u' },
    { in: 'body', path: '/secret' },
  ] as const;
  const { places, scheme } = settingTexts(endpoint({ auth: { kind: 'token', accept } }));
  expect(places?.split('; ')).toEqual([
    'Header authorization: Bearer …',
    'Header x-token',
    'In the URL, as ?key=…',
    'In the URL, as its last segment',
    'Basic authentication, user u',
    'In the body, at /secret',
  ]);
  expect(scheme).toBeUndefined();
});

test('a scheme is said by its name, or as somebody wrote it', () => {
  const own = { kind: 'hmac', algorithm: 'sha256' } as never;
  const texts = ['github', own].map((scheme) => settingTexts(endpoint({ auth: { kind: 'signature', scheme } })));
  expect(texts.map(({ places, scheme }) => [places, scheme])).toEqual([
    [undefined, 'github'],
    [undefined, '{"kind":"hmac","algorithm":"sha256"}'],
  ]);
});

test.each([
  [null, undefined, 'as the sender names it, else webhook'],
  [null, {}, 'always webhook'],
  [null, { type: [] }, 'always webhook'],
  [null, { type: [{ in: 'header', name: 'x-event' }] }, 'in the header x-event, else webhook'],
  [
    null,
    {
      type: [
        { in: 'body', path: '/event/type' },
        { in: 'query', name: 'topic' },
      ],
    },
    'at /event/type in the body, or at ?topic=… in the URL, else webhook',
  ],
  [{ in: 'body', path: '/kind' }, { type: [{ in: 'header', name: 'x-event' }] }, 'at /kind in the body, else webhook'],
] as const)('with the setting %j and the provider %j, the type is %s', (type, provider, expected) => {
  expect(settingTexts(endpoint({ type }), provider).type).toBe(expected);
});

import { describe, expect, test } from '@jest/globals';
import { newConnectionSchema } from '../../../../shared/endpoints/endpoint/connection-request.ts';
import * as otherNames from '../../../../shared/endpoints/provider/generated/all-other-names.ts';
import { providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { nearestProvider, providerIdOf } from '../../../../shared/endpoints/provider/provider-name.ts';
import { guides } from '../../../../shared/endpoints/provider/secret-guide.ts';

describe('a sender', () => {
  test.each([
    ['GitHub', 'github'],
    ['STRIPE', 'stripe'],
    [' github ', 'github'],
    ['AWS SNS', 'aws-sns'],
    ['aws_sns', 'aws-sns'],
    ['sns', 'aws-sns'],
    ['Amazon SNS', 'aws-sns'],
    ['Clerk', 'clerk'],
    ['Standard Webhooks', 'standard-webhooks'],
    ['standardwebhooks', 'standard-webhooks'],
    ['Supabase Auth Hooks', 'supabase'],
    ['Vercel log drains', 'vercel'],
    ['WhatsApp', 'meta'],
    ['facebook', 'meta'],
    ['instagram', 'meta'],
    ['twitter', 'x'],
    ['event-grid', 'azure-event-grid'],
    ['monday.com', 'monday'],
    ['HelloSign', 'dropbox-sign'],
    ['Amazon . SNS', 'aws-sns'],
    // Only the first 64 characters count.
    [`GitHub${' '.repeat(58)}of another company`, 'github'],
  ])('is found by the name %j: %s', (name, id) => {
    expect(providerIdOf(name)).toBe(id);
    expect(newConnectionSchema.parse({ name: 'orders', provider: name }).provider).toBe(id);
  });

  test('is found by its name in the guide if that name is one word', () => {
    const plain = providerIds.filter((id) => /^[A-Z]\w+$/.test(guides[id].name));
    expect(plain.length).toBeGreaterThan(40);
    for (const id of plain) expect([id, providerIdOf(guides[id].name)]).toEqual([id, id]);
  });

  test('has no other name that is the id or the other name of another sender', () => {
    const names = Object.values(otherNames).flat();
    expect(new Set([...names, ...providerIds]).size).toBe(names.length + providerIds.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9-]+$/);
  });
});

describe('an unknown name', () => {
  test.each([
    ['gitub', 'github'],
    ['sripe', 'stripe'],
    ['Shoppify', 'shopify'],
    ['whatsap', 'meta'],
    ['hello-sign', 'dropbox-sign'],
    ['a sender of parcels', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('%j has as nearest sender %s', (name, id) => {
    expect(providerIdOf(name)).toBeUndefined();
    expect(nearestProvider(name)).toBe(id);
  });

  test('is rejected with the nearest sender, and the message never quotes the name', () => {
    const messages = (provider: string) =>
      newConnectionSchema.safeParse({ name: 'orders', provider }).error?.issues.map(({ message }) => message);
    expect(messages('gitub')).toEqual([
      'is an unknown provider id; did you mean "github"? GET /v1/providers lists them, or use generic',
    ]);
    expect(messages('fake-secret-0123456789')).toEqual([
      'is an unknown provider id; GET /v1/providers lists them, or use generic',
    ]);
  });
});

test('the guide of GitHub names the content type', () => {
  expect(guides.github.contentType).toBe('Choose application/json as the content type.');
});

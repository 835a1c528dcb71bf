import { describe, expect, it } from '@jest/globals';
import type { EndpointAnswer } from '../../../clients/console/connection/connection-record.ts';
import {
  defaultFieldsOf,
  placementOptions,
  type SettingsFields,
  settingsBody,
  settingsFieldsOf,
  settingsRules,
} from '../../../clients/console/connection/settings-form.ts';

const { errorsOf } = settingsRules;
const bearer = '{"in":"header","name":"authorization","scheme":"Bearer"}';
const query = '{"in":"query","name":"token"}';

const before: SettingsFields = {
  kind: 'token',
  accept: [bearer, query],
  allowFrom: '192.0.2.1\n198.51.100.0/24',
  retentionDays: '30',
  methods: ['POST'],
  dedupeHeader: 'x-delivery',
  raw: false,
  json: '',
};

describe('the fields of an endpoint', () => {
  it('are its settings in force', () => {
    const endpoint = {
      auth: { kind: 'both', accept: [{ in: 'path' }], scheme: 'github' },
      allowFrom: ['192.0.2.1', '198.51.100.0/24'],
      retentionDays: 7,
      methods: ['POST', 'PUT'],
      dedupe: { by: 'header', name: 'x-id' },
      raw: true,
    } as unknown as EndpointAnswer;
    expect(settingsFieldsOf(endpoint)).toEqual({
      kind: 'both',
      scheme: 'github',
      accept: ['{"in":"path"}'],
      allowFrom: '192.0.2.1\n198.51.100.0/24',
      retentionDays: '7',
      methods: ['POST', 'PUT'],
      dedupeHeader: 'x-id',
      raw: true,
      json: '',
    });
  });

  it('have no placements for a signature', () => {
    const provider = { kind: 'signature', accept: [{ in: 'path' }] } as Parameters<typeof defaultFieldsOf>[0];
    expect(defaultFieldsOf(provider).accept).toBeUndefined();
  });

  it.each(['token', 'both'] as const)('has the default places if the provider names none: %s', (kind) => {
    expect(defaultFieldsOf({ kind } as Parameters<typeof defaultFieldsOf>[0]).accept).toEqual([bearer, query]);
  });
});

describe('the settings that a form sends', () => {
  it('are none if nobody touched a field', () => {
    expect(settingsBody(before, { ...before })).toEqual({});
  });

  it.each<[string, Partial<SettingsFields>, object]>([
    ['placements', { accept: [query] }, { auth: { kind: 'token', accept: [{ in: 'query', name: 'token' }] } }],
    ['no placement', { accept: [] }, { auth: null }],
    [
      'other addresses',
      { allowFrom: ' 203.0.113.9 ,\n2001:db8::/32' },
      { allowFrom: ['203.0.113.9', '2001:db8::/32'] },
    ],
    ['no address', { allowFrom: ' \n' }, { allowFrom: null }],
    ['the same addresses, spaced', { allowFrom: '192.0.2.1, 198.51.100.0/24\n' }, {}],
    ['days', { retentionDays: ' 7 ' }, { retentionDays: 7 }],
    ['no days', { retentionDays: '' }, { retentionDays: null }],
    ['methods', { methods: ['POST', 'PUT'] }, { methods: ['POST', 'PUT'] }],
    ['no method', { methods: [] }, { methods: null }],
    ['a header', { dedupeHeader: ' X-Other ' }, { dedupe: { by: 'header', name: 'x-other' } }],
    ['no header', { dedupeHeader: '' }, { dedupe: null }],
    ['exact bytes', { raw: true }, { raw: true }],
    ['JSON', { json: '{"split": null}' }, { split: null }],
  ])('are what changed: %s', (_, change, expected) => {
    expect(settingsBody(before, { ...before, ...change })).toEqual(expected);
  });

  it('keep the kind of authentication, and how the sender signs', () => {
    const scheme = { kind: 'hmac', header: 'x-signature' };
    const both: SettingsFields = { ...before, kind: 'both', scheme };
    expect(settingsBody(both, { ...both, accept: [query] })).toEqual({
      auth: { kind: 'both', accept: [{ in: 'query', name: 'token' }], scheme },
    });
  });

  it.each<[string, readonly string[], object]>([
    [
      '{"kind": "both"}',
      [bearer],
      { kind: 'both', accept: [{ in: 'header', name: 'authorization', scheme: 'Bearer' }] },
    ],
    ['{"kind": "both"}', [query], { kind: 'both', accept: [{ in: 'query', name: 'token' }] }],
    ['{"kind": "both", "accept": [{"in": "path"}]}', [bearer], { kind: 'both', accept: [{ in: 'path' }] }],
    ['{"kind": "signature"}', [bearer], { kind: 'signature' }],
  ])('with the JSON {"auth": %s}, leave the token where the form shows it: %j', (auth, accept, expected) => {
    const shown: SettingsFields = { ...before, accept: [bearer] };
    expect(settingsBody(shown, { ...shown, accept, json: `{"auth": ${auth}}` })).toEqual({ auth: expected });
  });
});

describe('errors of the fields', () => {
  it.each(['1', '365', '', ' 30 '])('%j days are fine', (retentionDays) => {
    expect(errorsOf(before, { ...before, retentionDays })).toEqual({});
  });

  it.each(['0', '366', '1.5', 'ten', '-1'])('%j days are not', (retentionDays) => {
    expect(errorsOf(before, { ...before, retentionDays })).toEqual({
      retentionDays: 'Enter a whole number from 1 to 365.',
    });
  });

  it.each(['[]', '1', 'null', '{'])('%j is not a JSON object', (json) => {
    expect(errorsOf(before, { ...before, json })).toEqual({ json: 'This is not a JSON object.' });
  });
});

describe('a setting that has a field', () => {
  const labels = {
    allowFrom: 'Allowed addresses',
    retentionDays: 'Retention in days',
    methods: 'Methods',
    raw: 'Exact bytes on the bus',
  };
  it.each(Object.entries(labels))('is refused in the JSON if the field can say all of it: %s', (setting, label) => {
    expect(errorsOf(before, { ...before, json: `{"split": true, "${setting}": 5}` })).toEqual({
      json: `Enter ${setting} in its field “${label}”, not here.`,
    });
  });

  const dedupe = '{"dedupe": {"by": "content"}}';
  const path = '{"auth": {"kind": "both", "accept": [{"in": "path"}]}}';
  it.each<[string, string, Partial<SettingsFields>, RegExp | undefined]>([
    ['dedupe', dedupe, {}, undefined],
    ['dedupe', dedupe, { dedupeHeader: 'x-other' }, /^You changed “Header with the delivery id” too, and dedupe is/],
    ['auth', path, {}, undefined],
    ['auth', path, { accept: [query] }, /^You changed “Places for the token” too, and auth is the same setting\./],
    ['auth', '{"auth": {"kind": "signature"}}', { accept: [query] }, /^You changed “Places for the token” too/],
    ['auth', '{"auth": null}', { accept: [query] }, /^You changed “Places for the token” too/],
    ['auth', '{"auth": {"kind": "both"}}', { accept: [query] }, undefined],
  ])('is refused in the JSON if both were changed: %s, %s, %j', (_, json, change, expected) => {
    const { json: error } = errorsOf(before, { ...before, ...change, json });
    expect(error).toEqual(expected && expect.stringMatching(expected));
  });
});

describe('the placements to choose from', () => {
  it('are those in force and the common ones, each once', () => {
    const options = placementOptions([query, '{"in":"body","path":"/secret"}']);
    expect(options.map(({ label }) => label)).toEqual([
      'In the URL, as ?token=…',
      'In the body, at /secret',
      'Header authorization: Bearer …',
      'In the URL, as its last segment',
      'Basic authentication, user hooklatch',
      'Header x-webhook-token',
    ]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskedBody } from '../../../../shared/events/bus/body-mask.ts';
import { pointerKeys } from '../../../../shared/ground/base/json-pointer.ts';
import { codePoint } from '../../../support/any-text.ts';
import { count } from '../../../support/full-counts.ts';

const runs = { numRuns: count({ usual: 100, full: 300 }) };
const json = 'application/json';
const form = 'application/x-www-form-urlencoded; charset=utf-8';
const mask = (body: string, contentType: string, ...pointers: string[]): string =>
  maskedBody(Buffer.from(body), contentType, pointers).toString();

describe('a masked body', () => {
  test.each<[string, string, string, string[], string]>([
    [
      'hides the token in JSON and changes no other byte',
      '{ "a": 1.0, "passcode" : "s3cr\\u0065t\\"x", "big": 12345678901234567890, "e": "é\\/💩" }\r\n',
      json,
      ['/passcode'],
      '{ "a": 1.0, "passcode" : "REDACTED", "big": 12345678901234567890, "e": "é\\/💩" }\r\n',
    ],
    [
      'hides both values if the field of the token occurs twice',
      '{"p":"one","a":2,"p":"two"}',
      json,
      ['/p'],
      '{"p":"REDACTED","a":2,"p":"REDACTED"}',
    ],
    [
      'hides a token in nested JSON',
      '{"a":[{"k/y~":"x"},"x"],"k":"x"}',
      json,
      ['/a/0/k~1y~0'],
      '{"a":[{"k/y~":"REDACTED"},"x"],"k":"x"}',
    ],
    [
      'hides tokens at two places',
      '{"a":"x","b":{"c":"y"},"d":1}',
      json,
      ['/b/c', '/a'],
      '{"a":"REDACTED","b":{"c":"REDACTED"},"d":1}',
    ],
    [
      'hides a whole JSON string if the token is in JSON inside that string',
      '{"a":"{\\"t\\":\\"x\\"}","b":"x"}',
      json,
      ['/a/t'],
      '{"a":"REDACTED","b":"x"}',
    ],
    [
      'hides a token in JSON with the content type text/plain',
      '{"token":"x"}',
      'text/plain',
      ['/token'],
      '{"token":"REDACTED"}',
    ],
    [
      'hides a token in the field __proto__',
      '{"__proto__":"x","a":1}',
      json,
      ['/__proto__'],
      '{"__proto__":"REDACTED","a":1}',
    ],
    [
      'hides a token in a form',
      'a=%20+&to%6ben=s%26x&b=1&token=',
      form,
      ['/token'],
      'a=%20+&to%6ben=REDACTED&b=1&token=REDACTED',
    ],
    [
      'hides a whole form field if the token is in JSON inside that field',
      'p=%7B%22t%22%3A%22x%22%7D&q=1',
      form,
      ['/p/t'],
      'p=REDACTED&q=1',
    ],
    ['is unchanged if it has no token', '{"a":1}', json, [], '{"a":1}'],
    [
      'hides an object once if a token inside it has a pointer too',
      '{"a":{"b":"x"},"c":1}',
      json,
      ['/a/b', '/a'],
      '{"a":"REDACTED","c":1}',
    ],
    ['changes no form field without a name', '=x&token=y', form, ['/token'], '=x&token=REDACTED'],
  ])('%s', (_, body, contentType, pointers, shown) => {
    expect(mask(body, contentType, ...pointers)).toBe(shown);
  });

  test('hides a token in one part of a multipart form, and changes no byte of the other parts', () => {
    const part = (name: string, value: Buffer) =>
      Buffer.concat([
        Buffer.from(`--b1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
        value,
        Buffer.from('\r\n'),
      ]);
    const bodyOf = (token: string) =>
      Buffer.concat([
        part('file', Buffer.from([0xff, 0, 0x0a])),
        part('token', Buffer.from(token)),
        Buffer.from('--b1--\r\n'),
      ]);
    const shown = maskedBody(bodyOf('a secret é'), 'multipart/form-data; boundary=b1', ['/token']);
    expect(shown.equals(bodyOf('REDACTED'))).toBe(true);
  });

  test('hides a token in the first part of a multipart form', () => {
    const bodyOf = (token: string) =>
      `--b1\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--b1--\r\n`;
    expect(mask(bodyOf('a secret'), 'multipart/form-data; boundary=b1', '/token')).toBe(bodyOf('REDACTED'));
  });

  test('keeps the text before the first part of a multipart form', () => {
    const field = 'Content-Disposition: form-data; name="token"\r\n\r\n';
    const unnamed = '--b1\r\nContent-Type: text/plain\r\n\r\nno field\r\n';
    const bodyOf = (token: string) => `${field}preamble\r\n${unnamed}--b1\r\n${field}${token}\r\n--b1--\r\n`;
    expect(mask(bodyOf('a secret'), 'multipart/form-data; boundary=b1', '/token')).toBe(bodyOf('REDACTED'));
  });

  test.each([
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['is JSON except for a byte that is not UTF-8', Buffer.from('{"token":"x","a":"\xff"}', 'latin1')],
    ['is not JSON', Buffer.from('{"token":"x"')],
  ])('is only the word REDACTED if the original %s', (_, body) => {
    expect(maskedBody(body, json, ['/token']).toString()).toBe('REDACTED');
  });

  test('hides the token in generated JSON and changes no other byte', () => {
    const key = fc.string({ unit: codePoint, minLength: 1, maxLength: 6 }).map((text) => text.toWellFormed());
    const keys = fc.array(key, { minLength: 1, maxLength: 4 });
    const secret = fc.string({ minLength: 1 }).map((text) => `<secret ${text}>`);
    fc.assert(
      fc.property(keys, secret, fc.json(), fc.nat(3), (path, token, other, space) => {
        const pointer = path.map((each) => `/${each.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
        const bodyOf = (value: string) => {
          const inner = path.reduceRight<unknown>(
            (within, name) =>
              Object.fromEntries([
                ['before', 1],
                [name, within],
                ['after', [other]],
              ]),
            value,
          );
          return JSON.stringify(inner, null, space);
        };
        fc.pre(pointerKeys(pointer).every((name) => name !== 'before' && name !== 'after'));
        expect(mask(bodyOf(token), json, pointer)).toBe(bodyOf('REDACTED'));
      }),
      runs,
    );
  });
});

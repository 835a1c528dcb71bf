/** An event as a command of curl: what a shell makes of it, and what it never has. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, exactTextOf } from '../../../clients/console/events/body-bytes.ts';
import { curlCommand } from '../../../clients/console/events/curl-command.ts';
import type { EventAnswer } from '../../../clients/console/events/event-reads.ts';
import { codePoint } from '../../support/any-text.ts';

const event = (more: Partial<EventAnswer>): EventAnswer =>
  ({
    ...{ id: 'evt_1', method: 'POST', path: '', query: '', body: '', headers: {} },
    ...more,
  }) as EventAnswer;

function commandOf(more: Partial<EventAnswer>, mayHoldToken = false): string {
  const of = event(more);
  const bytes = bytesOf(of) ?? new Uint8Array();
  return curlCommand(of, { bytes, exact: exactTextOf(bytes), mayHoldToken });
}

/** The arguments that a shell gives to curl, for each of the commands. One shell, because each takes time. */
function argumentsOf(...commands: string[]): string[][] {
  const script = ['curl() { printf "%s\\0" "$@"; printf "\\1\\0"; }', 'ENDPOINT_URL=https://h.example/x', ...commands];
  const out = execFileSync('sh', ['-c', script.join('\n')]).toString();
  return out
    .split('\x01\0')
    .slice(0, -1)
    .map((each) => each.split('\0').slice(0, -1));
}

const url = 'https://h.example/x';
const json = { 'content-type': 'application/json' };

test('a shell makes of it the request that came', () => {
  const [plain, full, empty] = argumentsOf(
    commandOf({ body: '{"a": "it\'s"}\n', headers: json }),
    commandOf({ method: 'PUT', path: "/p'q", query: 'a=1&b=$HOME', body: '@file', headers: { 'x-a': '`id` "b"' } }),
    commandOf({ headers: { 'user-agent': 'Acme' } }),
  );
  expect(plain).toEqual(['-X', 'POST', url, '-H', 'content-type: application/json', '--data-raw', '{"a": "it\'s"}\n']);
  expect(full).toEqual([
    ...['-X', 'PUT', `${url}/p'q?a=1&b=$HOME`, '-H', 'x-a: `id` "b"', '-H', 'content-type:', '--data-raw', '@file'],
  ]);
  expect(empty).toEqual(['-X', 'POST', url, '-H', 'user-agent: Acme']);
});

test.each<[what: string, body: Partial<EventAnswer>, file: string]>([
  ['bytes that are no text', { bodyBase64: '/w==' }, 'evt_1.bin'],
  ['what a terminal would act on', { body: 'a\u001b[201~b' }, 'evt_1.txt'],
  ['a tab', { body: '{"a":\t1}' }, 'evt_1.json'],
  ['much', { body: 'x'.repeat(8_193) }, 'evt_1.txt'],
])('%s comes from a file, and how it is made is said', (_, { body, bodyBase64 }, file) => {
  const of = event({ headers: json });
  const { body: __, ...rest } = of;
  const command = commandOf({ ...rest, body, bodyBase64 } as Partial<EventAnswer>);
  expect(command.split('\n').slice(1)).toEqual([
    `# “Download body” makes the file ${file}.`,
    `curl -X 'POST' "$ENDPOINT_URL" \\`,
    `  -H 'content-type: application/json' \\`,
    `  --data-binary @${file}`,
  ]);
});

describe('what proves a delivery', () => {
  test.each([
    ...['authorization', 'x-hub-signature-256', 'stripe-signature', 'webhook-signature', 'x-slack-signature'],
    ...['x-gitlab-token', 'x-shopify-hmac-sha256', 'cookie', 'x-api-key', 'proxy-authorization', 'x-twilio-signature'],
    ...['paypal-auth-algo', 'x-hook-secret', 'content-digest'],
  ])('%s is left out, and named', (name) => {
    const command = commandOf({ headers: { [name]: 'the-proof', 'x-a': 'b' } });
    expect(command).toContain(`# Left out: ${name}\n`);
    expect(argumentsOf(command)).toEqual([['-X', 'POST', url, '-H', 'x-a: b']]);
  });

  test('was masked in a header, the query or the path', () => {
    const command = commandOf({ headers: { 'x-a': 'REDACTED' }, query: 'key=REDACTED&a=1', path: '/REDACTED' });
    expect(command).toContain('# Left out: x-a\n');
    expect(argumentsOf(command)).toEqual([['-X', 'POST', `${url}?a=1`]]);
  });

  test('may be in the body, which then comes from a file', () => {
    const commands = [false, true].map((mayHoldToken) =>
      commandOf({ body: '{"key":"k"}', headers: json }, mayHoldToken),
    );
    expect(argumentsOf(...commands).map((each) => each.slice(5))).toEqual([
      ['--data-raw', '{"key":"k"}'],
      ['--data-binary', '@evt_1.json'],
    ]);
  });

  test('what the way to the endpoint adds is left out and not named', () => {
    const headers = { host: 'h', 'content-length': '2', 'x-forwarded-for': '192.0.2.7', 'x-amzn-trace-id': 'Root=1' };
    expect(commandOf({ headers }).split('\n')).toHaveLength(2);
  });
});

it('has every header and body as it came, whatever is in it', () => {
  const text = fc.string({ unit: codePoint, maxLength: 8 }).filter((each) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(each));
  const odd = fc.constantFrom("'", '"', '$(id)', '`', '\\', '!', '#', '* ', '\\\n', "'\\''");
  const requests = fc.array(fc.tuple(fc.oneof(text, odd), fc.oneof(text, odd)), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(requests, (pairs) => {
      const given = pairs.map(([value, body]) => [value.replaceAll('\n', ''), `${body}.`] as const);
      const commands = given.map(([value, body]) => commandOf({ headers: { ...json, 'x-a': value }, body }));
      expect(argumentsOf(...commands).map((each) => [each[6], each[8]])).toEqual(
        given.map(([value, body]) => [`x-a: ${value}`, body]),
      );
    }),
    { numRuns: 10 },
  );
});

/**
 * Texts for people at the command line and in the console name commands and buttons. Requests are named by the API itself and its
 * page.
 */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { textsAbout } from '../../clients/cli/answer-words.ts';
import { texts as textsOfConsole } from '../../clients/console/shell/answer-words.ts';
import { adviceFor } from '../../shared/endpoints/endpoint/conflict-advice.ts';
import type { OtherConflict } from '../../shared/endpoints/endpoint/conflict-reason.ts';
import { statuses, verbs } from '../../shared/endpoints/endpoint/lifecycle.ts';
import { ApiError } from '../../shared/operators/api/api-error.ts';
import { pages, readPage } from '../docs/given-pages.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { namesRequest, requestsNamedIn } from './route-namer.ts';

const root = resolve(import.meta.dirname, '../..');

/** What names requests, and why. */
const ofTheApi: Readonly<Record<string, string>> = {
  'shared/operators/api/endpoint-routes.ts': 'the description of the API',
  'shared/operators/api/openapi-document.ts': 'the description of the API',
  'shared/operators/api/request-parsing.ts': 'about requests that no client sends',
  'shared/ground/base/advice.ts': 'the words of the API, in place of which each client has its own',
  'shared/endpoints/endpoint/conflict-advice.ts': 'the same: the steps are beside the text',
  'shared/endpoints/endpoint/next-step.ts': 'the same',
  'shared/endpoints/provider/presets/brex.ts': 'the API of the sender',
  'shared/endpoints/provider/presets/paypal.ts': 'the API of the sender',
  'shared/endpoints/provider/presets/replicate.ts': 'the API of the sender',
  'clients/console/events/curl-command.ts': 'what a sender sent, as a command',
  'infra/http-api.ts': 'why routes without an authorizer are right, for the rules of CDK',
  'infra/alarms/throttled-operators.ts': 'a pattern for the access log',
};

test('only the API names requests in its texts', () => {
  const files = globSync('{clients,functions,infra,local,shared,tools/{demo,ops,scripts}}/**/*.{ts,tsx}', {
    cwd: root,
  });
  const naming = files.filter((file) => requestsNamedIn(file, readFileSync(resolve(root, file), 'utf8')).length > 0);
  expect(naming.sort()).toEqual(Object.keys(ofTheApi).sort());
});

describe('a text that names a request', () => {
  test.each([
    "tell('First release it (POST /v1/connections/orders/endpoint/release).');",
    `tell(\`See GET /v1/connections/\${name}\`);`,
    "tell('PUT …/endpoint with values');",
    `print(\`  curl -H 'Authorization: Bearer \${token}' \${url}\`);`,
    "tell('Send If-Match with the version.');",
    'const Hint = () => <p>Send DELETE …/token first</p>;',
  ])('is found in %s', (planted) => {
    expect(requestsNamedIn('planted.tsx', planted)).toHaveLength(1);
  });

  test.each([
    "api.call('POST /v1/connections/{name}/endpoint/release');",
    "fetch('/v1/connections/orders');",
    "tell('First release it: hooklatch endpoint release orders.');",
    "const hint = 'The HTTP methods that are accepted. If empty: POST, PUT and PATCH.';",
    "const label = 'Copy a curl command';",
    '// POST /v1/connections makes it',
  ])('is not found in %s', (fine) => {
    expect(requestsNamedIn('planted.tsx', fine)).toEqual([]);
  });
});

/** Every refusal of the lifecycle that an endpoint can have, and more. */
function* refusals() {
  const now = new Date('2026-03-01T12:00:00.000Z');
  const token = { id: 'v1', createdAt: '2026-03-01T11:00:00.000Z', createdBy: 'op_1', holds: 'bearer' } as const;
  const previous = { ...token, id: 'v0', expiresAt: '2026-03-02T12:00:00.000Z' };
  const others: OtherConflict[] = [
    ...(['token_exists', 'token_required', 'rotation_in_progress', 'held'] as const),
    ...(['nothing_delivered', 'window_closed', 'superseded'] as const),
  ];
  const endpoints = statuses
    .filter((status) => status !== 'unconfigured')
    .flatMap((status) =>
      (['operator', 'sender', 'handshake', 'nobody'] as const).flatMap((secretFrom) =>
        [[], [token], [token, previous]].flatMap((tokens) =>
          [{}, { hold: { id: 'h1', since: '2026-03-01T11:00:00.000Z' } }].map((held) => ({
            ...{ id: 'e1', status, settings: {}, guard: { ...tokenGuard, secretFrom }, tokens, ...held },
          })),
        ),
      ),
    );
  for (const endpoint of [null, ...endpoints]) {
    const endpointStatus = endpoint?.status ?? 'unconfigured';
    for (const code of others) yield { code, endpointStatus, ...adviceFor({ code }, endpoint, now) };
    for (const verb of verbs)
      for (const discardHeld of [true, false])
        for (const code of ['action_not_allowed', 'token_exists'] as const)
          yield { code, endpointStatus, ...adviceFor({ code, verb, discardHeld }, endpoint, now) };
  }
}

test('no refusal of the lifecycle names a request at the command line or in the console', () => {
  const all = [...refusals()];
  expect(all.filter(({ detail }) => namesRequest(detail)).length).toBeGreaterThan(1_000);
  const clients = { 'the command line': textsAbout('orders'), 'the console': textsOfConsole };
  const found = Object.entries(clients).flatMap(([client, { problem }]) =>
    all.map((refusal) => `${client}: ${problem(new ApiError(409, refusal, undefined))}`).filter(namesRequest),
  );
  expect(found).toEqual([]);
});

/** Lines of the guides that name a request, and why. */
const allowedLines: readonly [page: string, part: string, why: string][] = [
  ['docs/floods.md', '| `GET /healthz`', 'the limits of routes that no command has'],
  ['docs/floods.md', '"routeKey": "POST ', 'past API Gateway, where neither the command line nor the console leads'],
  ['docs/own-app.md', "client.call('GET ", 'a program with the client'],
];

test('the guides name commands; requests are in the pages of the API', () => {
  const guides = pages.filter((page) => !/^docs\/(api|contributing)\b/.test(page));
  const found = guides.flatMap((page) =>
    readPage(page)
      .split('\n')
      .filter((line) => namesRequest(line.replace(/\bcurl\b/g, '')))
      .map((line): [string, string] => [page, line]),
  );
  const isAllowed = ([page, line]: [string, string]) =>
    allowedLines.some(([allowed, part]) => page === allowed && line.includes(part));
  expect(found.filter((each) => !isAllowed(each))).toEqual([]);
  expect(found.filter(isAllowed)).toHaveLength(allowedLines.length);
});

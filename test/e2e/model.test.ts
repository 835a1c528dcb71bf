import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { aName, aSharedRuntime, bearer, deliver, forbidden, ok, seen, type World } from '../support/given.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime();
});
afterAll(() => world.end());

/** The expected state by the rules, and nothing more. */
interface Model {
  status: 'unconfigured' | 'configured' | 'active' | 'inactive';
  /** The indexes of these tokens among the issued ones. */
  current: number | null;
  previous: number | null;
  /** The index of the present URL among the issued ones. */
  url: number | null;
  held: boolean;
  accepted: number;
}

/** What is visible from outside. */
interface Real {
  path: string;
  tokens: string[];
  urls: string[];
}

type Step = fc.AsyncCommand<Model, Real>;

/** A step that is possible at any time, because a rejection is an answer too. */
const step = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run,
  toString: () => name,
});

/** Sends an operator's request and expects this answer. */
async function expectAnswer(real: Real, request: string, body: object | undefined, expected: number | string) {
  const [method = '', path = ''] = request.split(' ');
  const answer = await world.api(method, real.path + path, body);
  const json = answer.json();
  expect(answer.status < 300 ? answer.status : json['code']).toBe(expected);
  return json;
}

const isConfigured = ({ status }: Model): boolean => status !== 'unconfigured';

const configure = (retentionDays: number): Step =>
  step(`configure ${retentionDays}`, async (model, real) => {
    await expectAnswer(real, 'PUT /endpoint', { retentionDays }, 200);
    if (!isConfigured(model)) model.status = 'configured';
  });

const generate = (adopts = false): Step =>
  step(adopts ? 'adopt' : 'generate', async (model, real) => {
    const value = adopts ? `adopted as no. ${real.tokens.length} &=+%` : undefined;
    const expected = !isConfigured(model) ? 'action_not_allowed' : model.current === null ? 201 : 'token_exists';
    const { token } = await expectAnswer(real, 'POST /endpoint/token', value ? { value } : {}, expected);
    if (expected === 201) model.current = real.tokens.push(String(token)) - 1;
  });

const rotate = (graceSeconds: number, force: boolean): Step =>
  step(`rotate ${graceSeconds} ${force}`, async (model, real) => {
    const request = ['POST /endpoint/token/rotate', { graceSeconds, force }] as const;
    if (!isConfigured(model)) return void (await expectAnswer(real, ...request, 'action_not_allowed'));
    if (model.current === null) return void (await expectAnswer(real, ...request, 'token_required'));
    if (model.previous !== null && !force) return void (await expectAnswer(real, ...request, 'rotation_in_progress'));
    const { token } = await expectAnswer(real, ...request, 200);
    model.previous = graceSeconds > 0 ? model.current : null;
    model.current = real.tokens.push(String(token)) - 1;
  });

const endGrace = step('end grace', async (model, real) => {
  const expected = isConfigured(model) ? 200 : 'action_not_allowed';
  await expectAnswer(real, 'DELETE /endpoint/token/previous', undefined, expected);
  model.previous = null;
});

const remove = step('remove', async (model, real) => {
  await expectAnswer(real, 'DELETE /endpoint/token', undefined, isConfigured(model) ? 200 : 'action_not_allowed');
  model.current = null;
  model.previous = null;
  if (model.status === 'active') model.status = 'inactive';
});

const activate = step('activate', async (model, real) => {
  if (!isConfigured(model)) return void (await expectAnswer(real, 'POST /endpoint/activate', {}, 'action_not_allowed'));
  if (model.current === null) return void (await expectAnswer(real, 'POST /endpoint/activate', {}, 'token_required'));
  const { endpoint } = await expectAnswer(real, 'POST /endpoint/activate', {}, 200);
  const { url } = endpoint as { url: string };
  // The first activation makes a new URL, and every later one keeps it.
  if (real.urls.indexOf(url) !== (model.url ?? -1)) throw new Error(`activated at ${url}, not at the endpoint's URL`);
  model.url ??= real.urls.push(url) - 1;
  model.status = 'active';
});

const deactivate = step('deactivate', async (model, real) => {
  await expectAnswer(real, 'POST /endpoint/deactivate', {}, isConfigured(model) ? 200 : 'action_not_allowed');
  if (model.status === 'active') model.status = 'inactive';
});

const holdOrRelease = (verb: 'hold' | 'release'): Step =>
  step(verb, async (model, real) => {
    await expectAnswer(real, `POST /endpoint/${verb}`, {}, isConfigured(model) ? 200 : 'action_not_allowed');
    model.held = isConfigured(model) && verb === 'hold';
  });

function refusalOfDeconfigure({ status, current, held }: Model, discardHeld: boolean): string | undefined {
  if (status === 'active') return 'action_not_allowed';
  if (current !== null) return 'token_exists';
  return held && !discardHeld ? 'held' : undefined;
}

const deconfigure = (discardHeld: boolean): Step =>
  step(`deconfigure ${discardHeld}`, async (model, real) => {
    const refusal = refusalOfDeconfigure(model, discardHeld);
    await expectAnswer(real, `DELETE /endpoint?discardHeld=${discardHeld}`, undefined, refusal ?? 200);
    if (refusal) return;
    model.status = 'unconfigured';
    model.url = null;
    model.held = false;
  });

/** Every token that was ever issued, at every URL that was ever issued. */
const send = step('send', async (model, real) => {
  const attempts = real.urls.flatMap((url, u) => real.tokens.map((token, t) => ({ url, token, u, t })));
  const answers = await Promise.all(
    attempts.map(({ url, token }) => deliver(url, { headers: bearer(token), body: '{}' })),
  );
  const isLive = (u: number, t: number) =>
    model.status === 'active' && u === model.url && (t === model.current || t === model.previous);
  const expected = attempts.map(({ u, t }) => (isLive(u, t) ? '202' : forbidden));
  expect(answers.map((answer) => (answer.status === 202 ? '202' : seen(answer)))).toEqual(expected);
  model.accepted += expected.filter((each) => each === '202').length;
});

const look = step('look', async (model, real) => {
  const view = (await ok(world, 'GET', real.path)) as unknown as ConnectionView;
  expect(view.status).toBe(model.status);
  expect(view.endpoint?.held ?? false).toBe(model.held);
  expect(view.endpoint?.url ?? null).toBe(model.url === null ? null : real.urls[model.url]);
  const live = [model.current, model.previous].filter((token) => token !== null);
  expect(view.endpoint?.tokens ?? []).toHaveLength(live.length);
  const { items } = (await ok(world, 'GET', `${real.path}/events?limit=200`)) as { items: unknown[] };
  expect(items).toHaveLength(Math.min(model.accepted, 200));
  const revealed = (await world.api('GET', `${real.path}/endpoint/token`)).json();
  const issued = (token: number | null) => (token === null ? undefined : real.tokens[token]);
  expect(revealed['token']).toBe(issued(model.current));
  expect((revealed['previous'] as { token?: string } | undefined)?.token).toEqual(issued(model.previous));
});

// Steps that change the state are more frequent, so that a walk reaches distant states.
const steps = [
  fc.constantFrom(7, 8).map(configure),
  fc.constant(generate()),
  fc.constant(generate()),
  fc.constant(generate(true)),
  fc.tuple(fc.constantFrom(0, 60), fc.boolean()).map(([grace, force]) => rotate(grace, force)),
  fc.constant(rotate(3_600, true)),
  fc.constant(endGrace),
  fc.constant(remove),
  fc.constant(activate),
  fc.constant(activate),
  fc.constant(activate),
  fc.constant(deactivate),
  fc.constantFrom<'hold' | 'release'>('hold', 'release').map(holdOrRelease),
  fc.boolean().map(deconfigure),
  fc.constant(send),
  fc.constant(send),
  fc.constant(look),
];

test('whatever operators do, only the live tokens are accepted, and only at the current URL of an active endpoint', async () => {
  // Starts in the state that allows least, in the one that allows most, and in one with a past.
  const life = [configure(7), generate(), activate];
  const starts: Step[][] = [[], life, [...life, rotate(60, false), remove, deconfigure(false), ...life]];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.commands(steps, { maxCommands: 40, size: 'max' }),
      async (start, walk) => {
        const name = aName();
        await ok(world, 'POST', '/v1/connections', { name });
        const model: Model = {
          status: 'unconfigured',
          current: null,
          previous: null,
          url: null,
          held: false,
          accepted: 0,
        };
        const real: Real = { path: `/v1/connections/${name}`, tokens: [], urls: [] };
        const setup = () => ({ model, real });
        await fc.asyncModelRun(setup, start);
        await fc.asyncModelRun(setup, walk);
        await fc.asyncModelRun(setup, [send, look]);
      },
    ),
    { numRuns: 60 },
  );
});

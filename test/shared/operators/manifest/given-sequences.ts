/**
 * Random sequences of files and of an operator's own changes between them, with a stack beside them and requests that fail, on any deployment.
 * After each whole apply the plan is empty, nothing that the file did not make is deleted, and what an operator closed is closed.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../../../shared/operators/api/api-error.ts';
import { ApplyStopped } from '../../../../shared/operators/manifest/apply-plan.ts';
import type { PlanOptions } from '../../../../shared/operators/manifest/plan.ts';
import type { OperatorAnswer, OperatorRequest } from '../../../functions/given-operator.ts';
import type { FilesOnApi } from './given-file.ts';
import { type Interception, lostAnswer } from './given-interception.ts';

/** What the sequences are about: an API, its operators, and files that are applied to it. */
export interface SequenceWorld extends Pick<FilesOnApi, 'planOf' | 'apply'> {
  ask(key: string, request?: OperatorRequest): Promise<Pick<OperatorAnswer, 'status' | 'body'>>;
  /** Sees what applying a file changes. */
  given: Interception;
  /** A stack takes a connection over. Absent if there is none beside this deployment. */
  adoptByStack?(name: string): Promise<void>;
  /** Ends the names of everything, so that many sequences can be followed on one deployment. */
  suffix: string;
}

const connections = ['orders', 'code'] as const;
const destinations = ['erp', 'archive'] as const;
const files = ['shop', 'books'] as const;

/** The same with the names of this deployment. */
const named = <T>(value: T, { suffix }: SequenceWorld): T =>
  JSON.parse(JSON.stringify(value).replace(/"(orders|code|erp|archive|shop|books)"/g, `"$1${suffix}"`));

/** The first in three of four. */
const mostly = <T>(usual: T, other: T): fc.Arbitrary<T> => fc.constantFrom(usual, usual, usual, other);

const rule = (id: string) => fc.record({ id: fc.constant(id), to: fc.constantFrom(...destinations) });
const aConnection = fc.record(
  {
    provider: mostly('generic', 'github'),
    description: fc.constantFrom('ours', 'theirs'),
    token: fc.constantFrom('generate', 'env:ONE', 'env:TWO'),
    status: mostly('active', 'inactive'),
    adopt: mostly(true, false),
    retentionDays: fc.constantFrom(7, 30),
    allowFrom: fc.constant(['192.0.2.0/24']),
    routes: fc.oneof(
      fc.constant({ rules: [] }),
      fc.record({ mode: fc.constantFrom('all', 'first'), rules: fc.tuple(rule('one')) }),
      fc.record({ rules: fc.tuple(rule('one'), rule('two')) }),
    ),
  },
  { requiredKeys: ['token', 'adopt'] },
);
const aDestination = fc.record(
  {
    url: fc.constantFrom('https://erp.example.com/in', 'https://erp.example.com/other', 'env:URL'),
    timeoutSeconds: fc.constantFrom(5, 15),
    rate: fc.constant({ perSecond: 5 }),
    headers: fc.constantFrom({ 'x-team': 'shop' }, { 'x-key': 'env:ONE' }),
    auth: fc.constant({ kind: 'bearer', token: 'env:TWO' }),
    adopt: mostly(true, false),
  },
  { requiredKeys: ['url', 'adopt'] },
);
/** All of these, or sometimes not one of them. */
const some = <T>(names: readonly string[], each: fc.Arbitrary<T>) =>
  fc
    .tuple(...names.map((name) => fc.tuple(fc.constant(name), each, mostly(true, false))))
    .map((all) => Object.fromEntries(all.flatMap(([name, one, isThere]) => (isThere ? [[name, one]] : []))));
const aFile = fc.record({
  name: mostly(...files),
  connections: some(connections, aConnection),
  destinations: some(destinations, aDestination),
});

/** What an operator does with a connection or a destination. */
const at = '/v1/connections/{name}';
const operatorSteps: Record<
  string,
  readonly [key: string, body?: object | undefined, query?: Record<string, string>][]
> = {
  opens: [
    ['POST /v1/connections', {}],
    [`PUT ${at}/endpoint`, {}],
    [`POST ${at}/endpoint/token`, {}],
    [`POST ${at}/endpoint/activate`, {}],
  ],
  activates: [[`POST ${at}/endpoint/activate`, {}]],
  deactivates: [[`POST ${at}/endpoint/deactivate`, {}]],
  deconfigures: [[`DELETE ${at}/endpoint/token`], [`DELETE ${at}/endpoint`]],
  holds: [[`POST ${at}/endpoint/hold`, {}]],
  releases: [[`POST ${at}/endpoint/release`, {}]],
  rotates: [[`POST ${at}/endpoint/token/rotate`, { force: true }]],
  configures: [[`PUT ${at}/endpoint`, { retentionDays: 3, methods: ['PUT'] }]],
  describes: [[`PATCH ${at}`, { description: 'by hand' }]],
  detaches: [[`PATCH ${at}`, { managedBy: null }]],
  routes: [[`PUT ${at}/routes`, { rules: [{ id: 'mine', to: 'archive' }] }]],
  deletes: [[`DELETE ${at}/endpoint/token`], [`DELETE ${at}/endpoint`], [`DELETE ${at}`]],
};
const destinationSteps: typeof operatorSteps = {
  makes: [['POST /v1/destinations', { url: 'https://mine.example.com/in' }]],
  edits: [['PATCH /v1/destinations/{name}', { url: 'https://mine.example.com/in', timeoutSeconds: 9 }]],
  forgets: [['DELETE /v1/destinations/{name}', undefined, { force: 'true' }]],
};

type Headers = Record<string, string>;
type File = {
  name: string;
  connections: object;
  destinations: Record<string, { headers?: Headers; auth?: { kind: string } }>;
};
type Command =
  | {
      do: 'apply';
      /** One of the files of a run: those of a pipeline change seldom. */
      file: number;
      options: PlanOptions;
      /** Which of its changes fails. */
      failAt?: number;
      /** Whether that one is made, and only its answer is lost. */
      isLost?: boolean;
    }
  | { do: 'operate'; steps: keyof typeof operatorSteps; name: string }
  | { do: 'send'; steps: keyof typeof destinationSteps; name: string }
  | { do: 'stack'; name: string };

const aCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record<Command & { do: 'apply' }>(
      {
        do: fc.constant('apply'),
        file: fc.nat(2),
        options: fc.record({ prune: mostly(true, false), reopen: mostly(false, true) }),
        failAt: fc.nat(6),
        isLost: fc.boolean(),
      },
      { requiredKeys: ['do', 'file', 'options'] },
    ),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('operate' as const),
      steps: fc.constantFrom(...Object.keys(operatorSteps)),
      name: fc.constantFrom(...connections),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      steps: fc.constantFrom(...Object.keys(destinationSteps)),
      name: fc.constantFrom(...destinations),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stack' as const), name: fc.constantFrom(...connections) }) },
);

/** What is there of a connection or destination, as far as the rules look at it. */
async function stateOf({ ask }: SequenceWorld, kind: 'connections' | 'destinations', name: string) {
  const { status, body } = await ask(`GET /v1/${kind}/{name}`, { params: { name } });
  const view: Partial<ApiAnswer<'GET /v1/connections/{name}'>> = status === 200 ? body : {};
  const { id, version, endpoint, managedBy } = view;
  const owner = managedBy?.kind === 'file' ? managedBy.name : managedBy?.kind;
  return {
    id,
    version,
    owner,
    isMadeBy: (file: string) => managedBy?.kind === 'file' && owner === file && !managedBy.adopted,
    status: endpoint?.status ?? 'unconfigured',
    isHeld: endpoint?.held === true,
  };
}
type State = Awaited<ReturnType<typeof stateOf>>;
type States = ReadonlyMap<string, State>;

const statesOfAll = async (
  world: SequenceWorld,
  kind: 'connections' | 'destinations',
  names: readonly string[],
): Promise<States> =>
  new Map(
    await Promise.all(
      named(names, world).map(async (name) => [name, await stateOf(world, kind, name)] as [string, State]),
    ),
  );
const statesOf = (world: SequenceWorld) => statesOfAll(world, 'connections', connections);

/**
 * Which endpoints an operator closed, by the id of the connection. A file may open them only with `reopen`. One that somebody configured
 * anew, and that nobody manages, was never open: a file that adopts it may open it.
 */
class ClosedByOperators {
  readonly #ids = new Set<string>();

  note(before: States, after: States): void {
    for (const [name, { id = '', status, owner }] of after) {
      const isBegunAnew = status === 'configured' && owner === undefined;
      if (status === 'active' || isBegunAnew) this.#ids.delete(id);
      else if (before.get(name)?.status === 'active' && before.get(name)?.id === id) this.#ids.add(id);
    }
  }
  opened(after: States): string[] {
    return [...after]
      .filter(([, { id = '', status }]) => this.#ids.has(id) && status === 'active')
      .map(([name]) => name);
  }
}

/** How it is told that a request never came, or its answer. */
const unreachable = 'unreachable';

/** Which rules an apply has broken, by what is there before and after it. */
function brokenRules(
  file: File,
  { options }: Command & { do: 'apply' },
  closed: ClosedByOperators,
  [before, after]: [States, States],
): string[] {
  const kept = options.reopen ? [] : closed.opened(after).map((name) => `${name} was opened`);
  const others = [...before].flatMap(([name, { owner, version, isHeld, id }]) => {
    const now = after.get(name);
    const isReleased = !options.reopen && isHeld && now?.id === id && !now?.isHeld;
    const isOfOther = owner !== undefined && owner !== file.name;
    const isTouched = isOfOther && (now?.id !== id || now?.version !== version);
    return [...(isReleased ? [`${name} was released`] : []), ...(isTouched ? [`${name} of ${owner} was changed`] : [])];
  });
  return [...kept, ...others];
}

/** An apply: why it stopped or was refused, and which rules it broke. */
interface Outcome {
  refused: string[];
  broken: string[];
}

/** Applies a file, of which a request may fail. The rules hold for whatever was done. */
async function applied(
  world: SequenceWorld,
  file: File,
  command: Command & { do: 'apply' },
  closed: ClosedByOperators,
): Promise<Outcome> {
  const before = await statesOf(world);
  const destinationsBefore = await statesOfAll(world, 'destinations', destinations);
  const broken: string[] = [];
  let left = command.failAt ?? Number.POSITIVE_INFINITY;
  world.given.before = ({ key, params }) => {
    if (key.startsWith('GET ')) return undefined;
    left -= 1;
    if (left === -1 && !command.isLost) throw lostAnswer();
    const { name = '' } = params;
    const removed = { [`DELETE ${at}`]: before, 'DELETE /v1/destinations/{name}': destinationsBefore }[key]?.get(name);
    if (removed?.id !== undefined && !removed.isMadeBy(file.name)) broken.push(`${name} was deleted`);
    return left === -1 ? 'lost' : undefined;
  };
  const stopped = await world.apply(file, command.options).catch((error: unknown) => {
    if (error instanceof ApplyStopped) return error;
    throw error;
  });
  world.given.before = undefined;
  broken.push(...brokenRules(file, command, closed, [before, await statesOf(world)]));
  return { refused: stopped instanceof ApplyStopped ? stoppedBy(stopped) : stopped, broken };
}

/**
 * Why a plan stopped; a request that never came is told apart from what the API refused.
 * @throws whatever else it stopped at: a mistake of the program
 */
function stoppedBy({ cause }: ApplyStopped): string[] {
  if (cause instanceof UnreachableError) return [unreachable];
  if (cause instanceof ApiError) return [cause.code];
  throw cause;
}

async function operate(world: SequenceWorld, list: (typeof operatorSteps)[string], name: string): Promise<void> {
  for (const [key, body, query] of list) {
    const isOpening = !key.includes('{name}');
    await world.ask(key, {
      ...(!isOpening && { params: { name } }),
      ...(body && { body: isOpening ? { name, ...body } : body }),
      ...(query && { query }),
    });
  }
}

/** What the API may refuse although the plan was right: a grace that runs, a secret that does not fit, rules of others. */
const allowedStops = ['rotation_in_progress', 'destination_in_use', 'token_not_usable'];

/** The destinations of a file that have other headers or credentials than it says. No plan is asked: it can't see their values. */
async function otherThanSaid({ ask }: SequenceWorld, file: File): Promise<string[]> {
  const views = Object.entries(file.destinations).map(async ([name, { headers, auth }]) => {
    const { body } = await ask('GET /v1/destinations/{name}', { params: { name } });
    const { headerNames, authKind, managedBy } = body as ApiAnswer<'GET /v1/destinations/{name}'>;
    // What the file does not say of an adopted one is its operators'.
    const isMade = managedBy?.kind === 'file' && !managedBy.adopted;
    const names = headers ? Object.keys(headers) : isMade ? [] : headerNames;
    const kind = auth?.kind ?? (isMade ? 'none' : authKind);
    return isDeepStrictEqual([headerNames, authKind], [names, kind])
      ? []
      : [`${name} has other headers or credentials`];
  });
  return (await Promise.all(views)).flat();
}

/** What an apply that went through leaves to do, and what it should not have stopped at. */
async function unfinished(
  world: SequenceWorld,
  file: File,
  { options }: Command & { do: 'apply' },
  refused: readonly string[],
): Promise<unknown[]> {
  // A sentence is a refusal of the planner, which did nothing.
  if (refused.length > 0) return refused.filter((each) => !each.includes(' ') && !allowedStops.includes(each));
  const plan = await world.planOf(file, options);
  return 'refused' in plan ? plan.refused : [...plan.items, ...(await otherThanSaid(world, file))];
}

async function applyTwice(
  world: SequenceWorld,
  file: File,
  command: Command & { do: 'apply' },
  closed: ClosedByOperators,
): Promise<unknown[]> {
  const first = await applied(world, file, command, closed);
  const { failAt: _, ...again } = command;
  const last = first.refused[0] === unreachable ? await applied(world, file, again, closed) : first;
  // What the file closed, no operator closed.
  closed.note(await statesOf(world), await statesOf(world));
  return [...first.broken, ...last.broken, ...(await unfinished(world, file, again, last.refused))];
}

/** Follows the commands. @returns what went wrong */
async function follow(world: SequenceWorld, files: readonly File[], commands: readonly Command[]): Promise<unknown[]> {
  const closed = new ClosedByOperators();
  const wrong: unknown[] = [];
  for (const command of commands) {
    const before = await statesOf(world);
    if (command.do === 'apply') {
      wrong.push(...(await applyTwice(world, files[command.file % files.length] as File, command, closed)));
      continue;
    }
    if (command.do === 'operate') await operate(world, named(operatorSteps[command.steps] ?? [], world), command.name);
    if (command.do === 'send') await operate(world, destinationSteps[command.steps] ?? [], command.name);
    if (command.do === 'stack') await world.adoptByStack?.(command.name);
    closed.note(before, await statesOf(world));
  }
  return wrong;
}

const someFiles = fc.array(aFile, { minLength: 1, maxLength: 3 });

/** What operators made before there was a file, which a file can adopt. */
const alreadyThere: fc.Arbitrary<Command[]> = fc.subarray([
  ...connections.map((name): Command => ({ do: 'operate', steps: 'opens', name })),
  ...destinations.map((name): Command => ({ do: 'send', steps: 'makes', name })),
]);
const someCommands = fc
  .tuple(alreadyThere, fc.array(aCommand, { minLength: 3, maxLength: 12 }))
  .map(([first, then]) => [...first, ...then]);

/** A sequence, and what went wrong when it was followed on a deployment: nothing. */
export const sequences = (aWorld: () => SequenceWorld, expectNothing: (wrong: unknown[]) => void) =>
  fc.asyncProperty(someFiles, someCommands, async (files, commands) => {
    const world = aWorld();
    expectNothing(await follow(world, named(files, world), named(commands, world)));
  });

import { randomUUID } from 'node:crypto';
import type { Stack } from '../cloudformation/physical-ids.ts';
import { type Wait, waitByClock } from '../eventbridge/abortable-wait.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { type Change, type CustomResource, type Removal, storedAttribute } from './custom-resource.ts';
import { customResourceIds, declarationOf } from './declared-resources.ts';
import {
  type Addressing,
  changeRequest,
  deleteRequest,
  type LifecycleRequest,
  type Outcome,
  refusalOf,
} from './lifecycle-request.ts';
import { askProvider } from './provider.ts';
import { type ResponseServer, startResponseServer } from './response-server.ts';
import {
  changeTo,
  committed,
  deleted,
  failed,
  fulfilled,
  notRolledBack,
  refused,
  rollbackChanges,
  rolledBack,
  type StackState,
  sending,
  withPolicies,
} from './stack-state.ts';
import { stateFile } from './state-file.ts';

export interface StackUpdateOptions {
  stack: Stack;
  dataDir: string;
  /** The URL of the API. */
  url: string;
  functions: ReadonlyMap<string, LambdaFunction>;
  /** Receives the resources that exist, after each request. Expressions in the template read them. */
  publish: (resources: Readonly<Record<string, CustomResource>>) => void;
  /** Called for each resource that is as the template has it. */
  onMade?: ((logicalId: string) => void) | undefined;
  onStage?: ((line: string) => void) | undefined;
  wait?: Wait | undefined;
}

/** What came of an update. */
export interface StackUpdateResult {
  /** Why the update was rolled back. */
  failure?: string;
  /** What could not be rolled back or deleted. Each is tried again at the next start. */
  leftovers: string[];
}

/**
 * Creates, updates and deletes a stack's custom resources, as CloudFormation does: one after the other, what the others
 * depend on first. After a failure, all of them go back to what they were. Deletes come last, when nothing can fail any more.
 * @throws StartError if a property can't be resolved, or the file of the state is damaged
 */
export async function updateCustomResources(options: StackUpdateOptions): Promise<StackUpdateResult> {
  const file = stateFile(options.dataDir, nameOf(options.stack));
  const declared = customResourceIds(options.stack.resources);
  const state = file.read();
  if (declared.length === 0 && Object.keys(state.resources).length === 0 && state.obsolete.length === 0) {
    return { leftovers: [] };
  }
  const server = await startResponseServer();
  try {
    return await new StackUpdate(options, server, state, file.write).run(declared);
  } finally {
    await server.close();
  }
}

class StackUpdate {
  readonly #options: StackUpdateOptions;
  readonly #server: ResponseServer;
  readonly #write: (state: StackState) => void;
  /** What this run could not delete. It is not tried twice. */
  readonly #undeleted = new Set<Removal>();
  readonly #leftovers: string[] = [];
  #state: StackState;

  constructor(
    options: StackUpdateOptions,
    server: ResponseServer,
    state: StackState,
    write: (state: StackState) => void,
  ) {
    this.#options = options;
    this.#server = server;
    this.#write = write;
    this.#state = state;
    options.publish(state.resources);
  }

  async run(declared: readonly string[]): Promise<StackUpdateResult> {
    // The last update may have ended without deleting everything.
    if (!this.#state.before) await this.#deleteObsolete();
    const failure = (await this.#repeatSent()) ?? (await this.#makeChanges(declared));
    if (failure === undefined) this.#save(committed(this.#state, declared));
    else await this.#rollBack();
    await this.#deleteObsolete();
    return { ...(failure !== undefined && { failure }), leftovers: this.#leftovers };
  }

  /** A killed runtime may have sent a request. It is sent again, with the same id. */
  async #repeatSent(): Promise<string | undefined> {
    return this.#state.sent && this.#make(this.#state.sent);
  }

  /** @returns the first failure */
  async #makeChanges(declared: readonly string[]): Promise<string | undefined> {
    for (const logicalId of declared) {
      const wanted = declarationOf(this.#options.stack, logicalId);
      const change = changeTo(wanted, this.#state.resources[logicalId], { requestId: randomUUID(), logicalId });
      const failure = change && (await this.#make(change));
      if (failure !== undefined) return failure;
      if (!change) this.#save(withPolicies(this.#state, logicalId, wanted));
      this.#options.onMade?.(logicalId);
    }
    return undefined;
  }

  /** @returns what failed, as a sentence */
  async #make(change: Change): Promise<string | undefined> {
    const { logicalId, wanted, current } = change;
    const refusal = refusalOf(change, this.#options.functions);
    if (refusal !== undefined) {
      this.#save(refused(this.#state));
      return failureText(change, refusal);
    }
    this.#report(`${current ? 'Updating' : 'Creating'} ${logicalId} (${wanted.type}) …`);
    this.#save(sending(this.#state, change));
    const outcome = await this.#ask((responseUrl) => changeRequest(change, this.#addressing(responseUrl)));
    if (outcome.status === 'fulfilled') {
      this.#save(fulfilled(this.#state, change, outcome));
      return undefined;
    }
    this.#save(failed(this.#state, change, outcome.physicalId ?? this.#madeUpId(logicalId)));
    return failureText(change, outcome.reason);
  }

  async #rollBack(): Promise<void> {
    this.#report('Rolling the custom resources back …');
    for (const change of rollbackChanges(this.#state, randomUUID)) {
      this.#save(sending(this.#state, change));
      const outcome = await this.#ask((responseUrl) => changeRequest(change, this.#addressing(responseUrl)));
      const isDone = outcome.status === 'fulfilled';
      this.#save(isDone ? fulfilled(this.#state, change, outcome) : notRolledBack(this.#state, change));
      if (!isDone) this.#leftovers.push(`${change.logicalId} could not be rolled back: ${outcome.reason}`);
    }
    this.#save(rolledBack(this.#state));
  }

  async #deleteObsolete(): Promise<void> {
    for (const removal of this.#state.obsolete) {
      if (this.#undeleted.has(removal)) continue;
      const { logicalId, resource } = removal;
      this.#report(`Deleting ${logicalId} (${resource.type}) …`);
      const outcome = await this.#ask((responseUrl) =>
        deleteRequest(removal, randomUUID(), this.#addressing(responseUrl)),
      );
      if (outcome.status === 'fulfilled') {
        this.#save(deleted(this.#state, removal));
      } else {
        this.#undeleted.add(removal);
        this.#leftovers.push(`${logicalId} (${resource.physicalId}) could not be deleted: ${outcome.reason}`);
      }
    }
  }

  async #ask(requestTo: (responseUrl: string) => LifecycleRequest): Promise<Outcome> {
    const { functions, wait = waitByClock, url } = this.#options;
    const outcome = await askProvider({ functions, server: this.#server, wait }, requestTo);
    if (outcome.status === 'failed') return outcome;
    const stored = Object.entries(outcome.attributes).map(([name, value]) => [name, storedAttribute(value, url)]);
    return { ...outcome, attributes: Object.fromEntries(stored) };
  }

  /** The id of a resource whose function named none, in CloudFormation's form. */
  #madeUpId(logicalId: string): string {
    const end = randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase();
    return `${nameOf(this.#options.stack)}-${logicalId}-${end}`;
  }

  #addressing(responseUrl: string): Addressing {
    return { stackId: String(this.#options.stack.resolve({ Ref: 'AWS::StackId' })), responseUrl };
  }

  #report(line: string): void {
    this.#options.onStage?.(line);
  }

  #save(state: StackState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#write(state);
    this.#state = state;
    this.#options.publish(state.resources);
  }
}

const failureText = ({ logicalId, wanted, current }: Change, reason: string): string =>
  `${logicalId} (${wanted.type}) could not be ${current ? 'updated' : 'created'}: ${reason}`;

const nameOf = (stack: Stack): string => String(stack.resolve({ Ref: 'AWS::StackName' }));

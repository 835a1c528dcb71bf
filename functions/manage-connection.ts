/**
 * Wakes up when a CloudFormation stack creates, updates or deletes a connection that its template names, and makes the record so.
 * `shared/endpoint/managed-connection.ts` has the rules. CloudFormation may send a request twice, so each step is repeatable.
 *
 * The function trusts its caller: whoever may invoke it can do to connections what an admin can.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import {
  type AnswerDeps,
  type ResourceRequest,
  type ResourceResult,
  resourceAnswer,
  resourceRequestSchema,
  sendAnswer,
} from '../shared/aws/custom-resource.ts';
import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { log } from '../shared/aws/logger.ts';
import { Refusal } from '../shared/base/refusal.ts';
import { validationMessage } from '../shared/base/validation-message.ts';
import { secretStore, secretsManager, sourceReader } from '../shared/credential/secret-store.ts';
import { futureUrlOf } from '../shared/endpoint/connection.ts';
import { secretTags } from '../shared/endpoint/deployment-id.ts';
import { type ManagedProperties, type ManagedRequest, planManaged } from '../shared/endpoint/managed-connection.ts';
import { managedPropertiesOf, nameIn } from '../shared/endpoint/managed-properties.ts';
import { managedRefusal } from '../shared/endpoint/managed-refusal.ts';
import { stateTable } from '../shared/endpoint/state-table.ts';
import { applyStep, type ManagedStepPorts, storeOf } from '../shared/operation/managed-steps.ts';

z.config({ localeError: validationMessage });

export interface Deps extends ManagedStepPorts, AnswerDeps {
  publicUrl: string;
  now(): Date;
}

/**
 * The id of a connection that this request creates. The same request has the same id, so a repeated creation finds what it
 * has made. And if a creation fails, CloudFormation deletes by this id, and by no other connection's.
 */
function newIdOf({ StackId, LogicalResourceId, RequestId }: ResourceRequest): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([StackId, LogicalResourceId, RequestId]))
    .digest('hex');
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, '$1-$2-8$3-8$4-$5');
}

const unnamed: ManagedProperties = {
  name: '',
  provider: 'generic',
  description: '',
  settings: {},
  status: 'inactive',
  adopt: false,
};

/** The old properties. If they can't be parsed, they were refused, so nothing of them was applied. */
function oldPropertiesOf(properties: Record<string, unknown>, next: ManagedProperties): ManagedProperties {
  try {
    return managedPropertiesOf(properties);
  } catch {
    return next;
  }
}

function managedRequestOf(request: ResourceRequest): ManagedRequest {
  const { StackId: stackId, LogicalResourceId: logicalId, ResourceProperties } = request;
  const common = { resource: { stackId, logicalId }, newId: newIdOf(request) };
  // A creation that was refused for its properties is deleted with the same ones.
  if (request.RequestType === 'Delete')
    return {
      ...common,
      type: 'Delete',
      physicalId: request.PhysicalResourceId,
      properties: { ...unnamed, name: nameIn(ResourceProperties) },
    };
  const properties = managedPropertiesOf(ResourceProperties);
  if (request.RequestType === 'Create') return { ...common, type: 'Create', properties };
  const oldProperties = oldPropertiesOf(request.OldResourceProperties, properties);
  return { ...common, type: 'Update', physicalId: request.PhysicalResourceId, properties, oldProperties };
}

/**
 * Carries out a request.
 * @returns the id of its connection
 * @throws a problem if the request is refused
 */
async function manage(request: ResourceRequest, managed: ManagedRequest, deps: Deps): Promise<string> {
  const { name } = managed.properties;
  const plan = planManaged(managed, await deps.store.readConnection(name));
  if (plan.kind === 'refused') throw managedRefusal(plan.code, name);
  const own = { ...deps, store: storeOf(deps.store, plan.id) };
  const actor = { id: `cfn:${request.StackId}`, role: 'connection_admin' } as const;
  for (const step of plan.steps)
    await applyStep(managed, step, { actor, requestId: request.RequestId, now: deps.now() }, own);
  return plan.id;
}

/** Removes what a replacement left behind that failed. CloudFormation does not know its id, and would never delete it. */
async function undoReplacement(request: ResourceRequest, managed: ManagedRequest, deps: Deps): Promise<void> {
  if (managed.type !== 'Update') return;
  await manage(request, { ...managed, type: 'Delete', physicalId: managed.newId }, deps);
}

/** What a template can refer to. Contains no secret: `TokenSecretArn` stays the same when the token is rotated. */
async function attributesOf(name: string, id: string, deps: Deps): Promise<Record<string, string>> {
  const connection = await storeOf(deps.store, id).readConnection(name);
  return {
    Url: (connection && futureUrlOf(connection, deps.publicUrl)) ?? '',
    TokenSecretArn: connection?.endpoint?.secret ?? '',
  };
}

async function succeed(request: ResourceRequest, deps: Deps): Promise<ResourceResult> {
  const managed = managedRequestOf(request);
  try {
    const physicalId = await manage(request, managed, deps);
    const data = managed.type === 'Delete' ? {} : await attributesOf(managed.properties.name, physicalId, deps);
    return { status: 'SUCCESS', physicalId, data };
  } catch (error) {
    await undoReplacement(request, managed, deps).catch((fault: Error) =>
      deps.log({ warning: 'replacement_not_undone', fault: fault.name, requestId: request.RequestId }, 'warn'),
    );
    throw error;
  }
}

/** Milliseconds before each further attempt after a fault. A policy that was just made takes seconds to have an effect. */
const retryDelaysMs = [1_000, 2_000, 4_000, 8_000, 15_000];

/** Carries out a request, and repeats it after a fault of ours. A refusal is not repeated. */
async function succeedAtLast(request: ResourceRequest, deps: Deps): Promise<ResourceResult> {
  for (const delay of retryDelaysMs) {
    try {
      return await succeed(request, deps);
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'superseded') throw error;
      deps.log({ warning: 'repeated', fault: (error as Error).name, requestId: request.RequestId }, 'warn');
      await deps.wait(delay);
    }
  }
  return succeed(request, deps);
}

/** The result of a request that did not succeed. Only a problem's message is shown, because any other may quote a secret. */
function failed(request: ResourceRequest, error: Error): ResourceResult {
  const physicalId = request.RequestType === 'Create' ? newIdOf(request) : request.PhysicalResourceId;
  const reason =
    error instanceof Refusal
      ? error.message
      : `Hooklatch failed (${error.name}). Deploy again. If it fails again, look for request ${request.RequestId} in the log of manage-connection.`;
  return { status: 'FAILED', physicalId, reason };
}

/** @throws without quoting the event: whoever has its URL can answer in our place */
function requestIn(event: unknown): ResourceRequest {
  const parsed = resourceRequestSchema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new Error('the event is no request for a custom resource');
}

export const manageConnection =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const request = requestIn(event);
    const { RequestType: kind, RequestId: requestId, ResourceProperties } = request;
    const about = { kind, requestId, connection: nameIn(ResourceProperties) };
    const result = await succeedAtLast(request, deps).then(
      (done) => {
        deps.log({ outcome: 'connection_managed', ...about });
        return done;
      },
      (error: Error) => {
        const cause = error instanceof Refusal ? { code: error.code } : { fault: error.name };
        deps.log({ outcome: 'connection_not_managed', ...about, ...cause }, 'error');
        return failed(request, error);
      },
    );
    await sendAnswer(request.ResponseURL, resourceAnswer(request, result), deps);
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('stateTable');
  const secrets = secretsManager();
  return {
    store: stateTable(client, table),
    secretStore: secretStore(secrets, secretTags(client, table)),
    readSource: sourceReader(secrets),
    secretPrefix: fromEnvironment('secretPrefix'),
    publicUrl: fromEnvironment('publicUrl'),
    fetch,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => new Date(),
    log,
  };
};

export const handler = manageConnection(lambdaDeps());

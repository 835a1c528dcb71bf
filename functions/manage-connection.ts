/**
 * Wakes up when a CloudFormation stack creates, updates or deletes a connection or a destination that its template names, and makes the
 * record so. `shared/endpoints/endpoint/managed-connection.ts` and `shared/deliveries/destination/managed-destination.ts` have the rules. CloudFormation may
 * send a request twice, so each step is repeatable.
 *
 * The function trusts its caller: whoever may invoke it can do to connections and destinations what an admin can.
 */
import * as z from 'zod/mini';
import { destinationSecrets } from '../shared/deliveries/destination/destination-secret.ts';
import { type DestinationTable, destinationTable } from '../shared/deliveries/destination/destination-table.ts';
import { routeReader, routeWriter } from '../shared/deliveries/route/route-table.ts';
import { type RouteUse, routeUse } from '../shared/deliveries/route/route-use.ts';
import { transformFunction } from '../shared/deliveries/transform/transform-function.ts';
import { secretStore, secretsManager, sourceReader } from '../shared/endpoints/credential/secret-store.ts';
import { secretTags } from '../shared/endpoints/endpoint/deployment-id.ts';
import { nameIn } from '../shared/endpoints/endpoint/managed-properties.ts';
import { type StateTable, stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import {
  type AnswerDeps,
  type ResourceRequest,
  type ResourceResult,
  resourceAnswer,
  resourceRequestSchema,
  sendAnswer,
} from '../shared/ground/aws/custom-resource.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, listFromEnvironment } from '../shared/ground/aws/environment.ts';
import { log } from '../shared/ground/aws/logger.ts';
import { Refusal } from '../shared/ground/base/refusal.ts';
import { validationMessage } from '../shared/ground/base/validation-message.ts';
import { addressRule } from '../shared/ground/outbound/public-address.ts';
import { ownHostOf, whyForbidden } from '../shared/ground/outbound/request-target.ts';
import {
  type ConnectionResourcePorts,
  connectionIdOf,
  connectionWork,
} from '../shared/operators/operation/connection-resource.ts';
import {
  type DestinationResourcePorts,
  destinationIdOf,
  destinationWork,
} from '../shared/operators/operation/destination-resource.ts';
import type { ResourceWork } from '../shared/operators/operation/resource-work.ts';

z.config({ localeError: validationMessage });

export interface Deps extends ConnectionResourcePorts, DestinationResourcePorts, AnswerDeps {
  store: StateTable;
  destinations: DestinationTable;
  routeUse: RouteUse;
}

/** The work that a request asks for, by the kind of its resource. */
const workOf = (request: ResourceRequest, deps: Deps): ResourceWork =>
  isDestination(request) ? destinationWork(request, deps) : connectionWork(request, deps);

const isDestination = ({ ResourceType }: ResourceRequest): boolean => ResourceType === 'Custom::HooklatchDestination';

/** The id of what a request creates. */
const newIdOf = (request: ResourceRequest): string =>
  isDestination(request) ? destinationIdOf(request) : connectionIdOf(request);

async function succeed(request: ResourceRequest, deps: Deps): Promise<ResourceResult> {
  const work = workOf(request, deps);
  try {
    const physicalId = await work.carryOut();
    const data = request.RequestType === 'Delete' ? {} : await work.attributes(physicalId);
    return { status: 'SUCCESS', physicalId, data };
  } catch (error) {
    await work
      .undoReplacement()
      .catch((fault: Error) =>
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
    const noun = isDestination(request) ? 'destination' : 'connection';
    const about = { kind, requestId, [noun]: nameIn(ResourceProperties) };
    const result = await succeedAtLast(request, deps).then(
      (done) => {
        deps.log({ outcome: `${noun}_managed`, ...about });
        return done;
      },
      (error: Error) => {
        const cause = error instanceof Refusal ? { code: error.code } : { fault: error.name };
        deps.log({ outcome: `${noun}_not_managed`, ...about, ...cause }, 'error');
        return failed(request, error);
      },
    );
    await sendAnswer(request.ResponseURL, resourceAnswer(request, result), deps);
  };

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const table = fromEnvironment('STATE_TABLE');
  const secrets = secretsManager();
  const tags = secretTags(client, table);
  const ownHosts = fromEnvironment('OWN_URLS').split(',').map(ownHostOf);
  const mayReach = addressRule(listFromEnvironment('ALLOW_PRIVATE'));
  return {
    store: stateTable(client, table),
    secretStore: secretStore(secrets, tags),
    destinations: destinationTable(client, table),
    destinationSecrets: destinationSecrets(secrets, tags),
    whyUrlRefused: (url) => whyForbidden(url, ownHosts, mayReach),
    readRoutes: routeReader(client, table).read,
    putRoutes: routeWriter(client, table),
    routeUse: routeUse(client, table),
    checkTransform: transformFunction(fromEnvironment('TRANSFORM_FUNCTION')).check,
    readSource: sourceReader(secrets),
    secretPrefix: fromEnvironment('SECRET_PREFIX'),
    publicUrl: fromEnvironment('PUBLIC_URL'),
    fetch,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => new Date(),
    log,
  };
};

export const handler = manageConnection(lambdaDeps());

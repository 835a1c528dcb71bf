/**
 * A destination that a CloudFormation stack manages: which steps a request of the stack needs. Pure.
 * `shared/endpoints/endpoint/managed-resource.ts` has the rules of all resources. Each step may be repeated.
 */
import * as z from 'zod/mini';
import { type StackRefusal, type StackRequest, stackPlanner } from '../../endpoints/endpoint/managed-resource.ts';
import { parse } from '../../ground/base/parse.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import { schema } from '../../ground/base/schema.ts';
import { type Destination, type DestinationRecord, isFinished } from './destination.ts';
import { newDestinationSchema } from './destination-request.ts';
import { type ManagedSettings, type SecretReference, settingFaultsOf, settingsChange } from './managed-settings.ts';

/** The properties in the template. */
export interface DestinationProperties {
  Name: string;
  /** The settings as JSON, because CloudFormation turns numbers into texts. */
  Settings: string;
  Adopt: 'true' | 'false';
}

/** The properties, parsed. */
export interface ManagedDestination {
  name: string;
  settings: ManagedSettings;
  /** Whether a destination of this name that exists is taken over. */
  adopt: boolean;
}

export type DestinationRequest = StackRequest<ManagedDestination>;

/** A step of a request, in the order in which they are made. */
export type ManagedDestinationStep =
  | { verb: 'create'; settings: ManagedSettings }
  | { verb: 'edit'; settings: ManagedSettings }
  | { verb: 'adoptSigningSecret'; reference: SecretReference }
  | { verb: 'adopt' | 'detach' | 'delete' };

const propertiesSchema = /* @__PURE__ */ schema(() =>
  z.object({
    Name: newDestinationSchema.shape.name,
    Settings: z.string(),
    Adopt: z._default(z.enum(['true', 'false']), 'false'),
  }),
);

function objectIn(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  throw new Refusal('invalid_request', 'Settings in the properties must be a JSON object.');
}

/**
 * Parses the properties.
 * @throws a refusal that says which one is wrong
 */
export function managedDestinationOf(properties: Record<string, unknown>): ManagedDestination {
  const { Name: name, Settings, Adopt } = parse(propertiesSchema, properties, 'properties');
  const settings = objectIn(Settings);
  const [fault] = settingFaultsOf(settings, name);
  if (fault) throw new Refusal('invalid_request', `${fault.place} in the settings ${fault.message}.`);
  return { name, settings, adopt: Adopt === 'true' };
}

/** Why CloudFormation says that a request failed. */
const refusals: Record<StackRefusal, (name: string) => Refusal> = {
  exists: (name) =>
    new Refusal(
      'destination_exists',
      `A destination named ${name} exists already, and this resource did not create it. Choose another name. Or set adopt to true, and the stack manages the existing destination.`,
    ),
  gone: (name) =>
    new Refusal(
      'destination_not_found',
      `The destination ${name} was deleted outside of this stack. Remove this resource from the template. To create the destination again, give the resource another construct id.`,
    ),
  not_managed: (name) =>
    new Refusal(
      'destination_exists',
      `The destination ${name} is not managed by this resource any more: somebody created it again, or another stack adopted it. To take it over, set adopt to true.`,
    ),
  managed_by_file: (name) =>
    new Refusal(
      'managed_by_other',
      `A file manages the destination ${name}, so no stack can take it over. First leave it out of the file, and detach it: hooklatch destinations detach ${name}.`,
    ),
};

/** The steps that set these settings of a destination that is there. The signing secret is replaced with a grace. */
function settingSteps({ signingSecret, ...settings }: ManagedSettings): ManagedDestinationStep[] {
  return [
    ...(Object.keys(settings).length > 0 ? [{ verb: 'edit', settings } as const] : []),
    ...(signingSecret === undefined
      ? []
      : [{ verb: 'adoptSigningSecret', reference: signingSecret as SecretReference } as const]),
  ];
}

const planner = stackPlanner<ManagedDestination, Destination, ManagedDestinationStep, never>({
  create: ({ settings }) => [{ verb: 'create', settings }],
  goOn: () => [],
  // Sets what the template names, and leaves the rest.
  takeOver: (_, { settings }) => settingSteps(settings),
  change: (_, before, after) => settingSteps(settingsChange(before.settings, after.settings)),
  goBack: (_, __, { settings }) => settingSteps(settings),
  whyUnfit: () => undefined,
  remove: () => [{ verb: 'delete' }],
});

/**
 * Plans a request.
 * @param found what the State table has under the name in the request's properties
 * @throws a refusal
 */
export function planManagedDestination(request: DestinationRequest, found: DestinationRecord | undefined) {
  const plan = planner(request, isFinished(found) ? found : undefined);
  if (plan.kind === 'refused') throw refusals[plan.code](request.properties.name);
  return plan;
}

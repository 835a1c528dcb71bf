/** Edits a destination. What the request does not name stays; headers and auth are replaced whole; null removes a limit. */
import { isDeepStrictEqual } from 'node:util';
import { type Destination, hasSigningGrace } from '../../deliveries/destination/destination.ts';
import type { DestinationChange } from '../../deliveries/destination/destination-request.ts';
import { originOf } from '../../deliveries/destination/destination-url.ts';
import type { DestinationValue } from '../../deliveries/destination/destination-value.ts';
import { checkManagerChange, fileManagerOf, managerVerb } from '../../endpoints/endpoint/managed-by.ts';
import { checkUrls, type WhyUrlRefused } from './create-destination.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { Named } from './update-connection.ts';
import {
  type DestinationValuePorts,
  liveDestinationValue,
  moveDestinationLabel,
  storeDestinationValue,
  updateDestination,
} from './update-destination.ts';

export interface EditDestinationPorts extends DestinationValuePorts {
  whyUrlRefused: WhyUrlRefused;
}

/** The settings that the secret store has. */
type SecretSettings = Pick<DestinationChange, 'url' | 'headers' | 'auth'>;

/** What an edit changes: the settings that get other values, and the fields of the record. */
interface Edit {
  settings: string[];
  change: Partial<Destination>;
}

/** The settings with which a destination is, for its health, another one. */
const ofGeneration: ReadonlySet<string> = new Set(['url', 'auth'] satisfies (keyof SecretSettings)[]);

/** The fields of `wanted` that are set and differ from those of `present`. One that is null has to be absent, and becomes undefined. */
function differing<T extends object>(wanted: T, present: object): Partial<T> {
  // A parsed record has no prototype, which would count as a difference.
  const values = new Map(Object.entries(structuredClone(present)));
  const entries = Object.entries(structuredClone(wanted)).filter(
    ([name, value]) => value !== undefined && !isDeepStrictEqual(value, values.get(name) ?? null),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? undefined])) as Partial<T>;
}

/** Stores another value, if it has to be another one. During a grace, it has the previous signing secret too. */
async function editValue(
  destination: Destination,
  wanted: SecretSettings,
  now: Date,
  ports: EditDestinationPorts,
): Promise<Edit> {
  const { previousSigningSecret, ...present } = await liveDestinationValue(destination, ports);
  const changed = differing(wanted, present);
  const settings = Object.keys(changed);
  if (settings.length === 0) return { settings, change: {} };
  const value = { ...present, ...changed } as DestinationValue;
  const previous = hasSigningGrace(destination, now) && previousSigningSecret ? { previousSigningSecret } : {};
  const valueId = await storeDestinationValue(destination, { ...value, ...previous }, ports);
  const shown = {
    origin: originOf(value.url),
    headerNames: Object.keys(value.headers),
    authKind: value.auth.kind,
  };
  const generation = destination.generation + (settings.some((name) => ofGeneration.has(name)) ? 1 : 0);
  return { settings, change: { ...shown, valueId, generation } };
}

/** Only if a setting gets another value, there is a new version. */
async function editOf(
  destination: Destination,
  { url, headers, auth, ...plain }: DestinationChange,
  now: Date,
  ports: EditDestinationPorts,
): Promise<Edit> {
  if (plain.managedBy !== undefined) checkManagerChange(destination, plain.managedBy);
  const change = differing(plain, destination) as Partial<Destination>;
  const secret = { url, headers, auth };
  const isSet = Object.values(secret).some((value) => value !== undefined);
  const edited = isSet ? await editValue(destination, secret, now, ports) : { settings: [], change: {} };
  const isByOperator = plain.managedBy === undefined && edited.settings.length > 0;
  return {
    settings: [...Object.keys(change), ...edited.settings].sort(),
    change: { ...change, ...(isByOperator && withoutSaid(destination, edited.settings)), ...edited.change },
  };
}

/**
 * What the file said of these settings no longer holds. No answer shows them, so the next plan sees it by this. In a record that does not say
 * it by setting, nothing of it holds.
 */
function withoutSaid(destination: Destination, settings: readonly string[]): Partial<Destination> {
  const manager = fileManagerOf(destination);
  if (!manager) return {};
  const { tokenRef: _, said, ...older } = manager;
  if (!said) return { managedBy: older };
  const left = Object.entries(said).filter(([place]) => !settings.includes(place.split('.')[0] ?? ''));
  return { managedBy: { ...manager, said: Object.fromEntries(left) } };
}

export const editDestination: Operation<Named & DestinationChange, EditDestinationPorts, Destination> = async (
  { name, ...wanted },
  context: OperationContext,
  ports,
) => {
  checkUrls(wanted, ports.whyUrlRefused);
  const { actor, now } = context;
  let before: Destination | undefined;
  const edited = await updateDestination(name, context, ports, async (destination) => {
    before = destination;
    const { settings, change } = await editOf(destination, wanted, now, ports);
    if (settings.length === 0) return 'same';
    const verb = (wanted.managedBy !== undefined && managerVerb(destination, wanted.managedBy)) || 'edit';
    return { change, entry: { verb, by: actor.id, at: now.toISOString(), settings } };
  });
  if (edited.valueId !== before?.valueId) await moveDestinationLabel(edited, context, ports);
  return edited;
};

/**
 * Changes a destination's record. If somebody else writes first, the decision is made again for the new record.
 *
 * A new value is stored while the change is decided. Nothing sends it until the record names it, so a crash in between changes
 * nothing, and what remains is one more version of a secret that goes with its destination.
 */
import { randomUUID } from 'node:crypto';
import {
  type Destination,
  type DestinationEntry,
  isFinished,
  nextDestination,
} from '../../deliveries/destination/destination.ts';
import type { DestinationSecrets } from '../../deliveries/destination/destination-secret.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import type { DestinationValue } from '../../deliveries/destination/destination-value.ts';
import { connectionNameForm } from '../../endpoints/endpoint/connection-name.ts';
import type { Log } from '../../ground/aws/logger.ts';
import { checkVersion, operatorsDecisions, untilWritten } from '../../ground/aws/revised-item.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { OperationContext } from './operation.ts';

interface ReadPorts {
  destinations: Pick<DestinationTable, 'read'>;
}

export interface DestinationPorts {
  destinations: Pick<DestinationTable, 'read' | 'put'>;
}

export interface DestinationValuePorts extends DestinationPorts {
  destinationSecrets: Omit<DestinationSecrets, 'create'>;
  log: Log;
}

/** What to write, or `same` if nothing has to change. */
export type DestinationDecision = { change: Partial<Destination>; entry: DestinationEntry } | 'same';

/**
 * The destination of this name.
 * @throws a refusal if there is none
 */
export async function requireDestination(name: string, { destinations }: ReadPorts): Promise<Destination> {
  const found = connectionNameForm.test(name) ? await destinations.read(name) : undefined;
  if (isFinished(found)) return found;
  throw new Refusal('destination_not_found', 'There is no destination of this name.');
}

/**
 * Changes a destination as `decide` says.
 * @returns the record after the change
 * @throws a refusal, and then the record is as it was
 */
export async function updateDestination(
  name: string,
  { requestId, ifVersion }: OperationContext,
  ports: DestinationPorts,
  decide: (destination: Destination) => DestinationDecision | Promise<DestinationDecision>,
): Promise<Destination> {
  const read = () => requireDestination(name, ports);
  const updated = await untilWritten(operatorsDecisions, read, async (destination) => {
    const { version } = destination;
    checkVersion(
      version,
      ifVersion,
      (wanted) => `The destination has version ${version}, not ${wanted}. Read it again.`,
    );
    const decision = await decide(destination);
    if (decision === 'same') return destination;
    const next = nextDestination(destination, decision.change, decision.entry);
    return (await ports.destinations.put(next, requestId)) === 'written' ? next : undefined;
  });
  if (updated) return updated;
  throw new Refusal('superseded', 'Other operators changed this destination at the same time. Read it, and try again.');
}

/**
 * Runs `work` with the secret that a record names.
 * @throws a refusal if `work` fails because the destination was deleted, otherwise as `work` does
 */
async function onDestinationSecret<T>({ name, id }: Destination, ports: ReadPorts, work: () => Promise<T>) {
  try {
    return await work();
  } catch (error) {
    if ((await requireDestination(name, ports)).id === id) throw error;
    throw new Refusal('superseded', 'This destination was deleted, and another one has its name. Read it.');
  }
}

/** Reads the live value of a destination. */
export const liveDestinationValue = (
  destination: Destination,
  ports: ReadPorts & { destinationSecrets: Pick<DestinationSecrets, 'read'> },
): Promise<DestinationValue> =>
  onDestinationSecret(destination, ports, () => ports.destinationSecrets.read(destination.secret, destination.valueId));

/**
 * Stores a value as another version of a destination's secret. The live one stays current.
 * @returns the id of the version, which is not live until the record names it
 */
export function storeDestinationValue(
  destination: Destination,
  value: DestinationValue,
  ports: DestinationValuePorts,
): Promise<string> {
  const { secret, valueId } = destination;
  const next = randomUUID();
  return onDestinationSecret(destination, ports, async () => {
    await ports.destinationSecrets.markCurrent(secret, valueId);
    await ports.destinationSecrets.putPending(secret, next, value);
    return next;
  });
}

/** Moves the label AWSCURRENT to the live version. A failure is only logged: the next change moves the label first. */
export async function moveDestinationLabel(
  { name, secret, valueId }: Destination,
  { requestId }: OperationContext,
  { destinationSecrets, log }: DestinationValuePorts,
): Promise<void> {
  try {
    await destinationSecrets.markCurrent(secret, valueId);
  } catch (error) {
    log({ warning: 'label_not_moved', fault: (error as Error).name, destination: name, requestId }, 'warn');
  }
}

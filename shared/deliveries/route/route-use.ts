/**
 * Which connections route events to a destination, so that a destination is not deleted under them. State has an item for each destination
 * that a connection ever named, with an attribute for each such connection:
 *
 * | pk                              | `connection:<id>`                        | … |
 * |---------------------------------|------------------------------------------|---|
 * | `route-use#<destination's id>`  | `<version>#<time>#<connection's name>`   |   |
 *
 * A connection claims a destination before its record names a list that has it, and reads the destination again after that. Who deletes a
 * destination first marks it, and reads the claims after that. So of two at once, at least one sees the other. A claim that was
 * not followed by a change, or whose rule is gone again, stays: what the connection's record says now decides.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { readItem, setIfLater } from '../../ground/aws/conditional-write.ts';
import { stateKey } from '../../ground/aws/versioned-item.ts';
import { maxRequestMs } from '../destination/destination.ts';

/** A claim of a connection on a destination. */
export interface RouteClaim {
  connectionId: string;
  /** The connection's name. */
  connection: string;
  /** The version of the connection's record that the claim's change replaces. */
  version: number;
  at: Date;
}

export interface RouteUse {
  /** Notes that a change of a connection is about to route events to a destination. */
  claim(destinationId: string, claim: RouteClaim): Promise<void>;
  /** All claims on a destination. A strongly consistent read. */
  claims(destinationId: string): Promise<RouteClaim[]>;
}

const keyOf = (destinationId: string) => stateKey(`route-use#${destinationId}`);
const attributePrefix = 'connection:';

/** Texts that sort as the versions do. */
const textOf = ({ version, at, connection }: RouteClaim): string =>
  `${String(version).padStart(12, '0')}#${at.toISOString()}#${connection}`;

function claimIn(connectionId: string, value: string): RouteClaim {
  const [version, at = '', connection = ''] = value.split('#');
  return { connectionId, connection, version: Number(version), at: new Date(at) };
}

export const routeUse = (client: DynamoDBClient, table: string): RouteUse => ({
  // If there is a claim on a later version, this one's change will not be written. On the same, there may be one a moment later.
  claim: (destinationId, claim) =>
    setIfLater(client, table, keyOf(destinationId), {
      [`${attributePrefix}${claim.connectionId}`]: { S: textOf(claim) },
    }),

  async claims(destinationId) {
    const item = (await readItem(client, table, keyOf(destinationId))) ?? {};
    return Object.entries(item).flatMap(([name, { S }]) =>
      name.startsWith(attributePrefix) && S !== undefined ? [claimIn(name.slice(attributePrefix.length), S)] : [],
    );
  },
});

/**
 * Whether the change of a claim may still come: nobody has replaced the record that it is about to replace, and the request can still
 * be on its way.
 */
export const mayStillCome = ({ connectionId, version, at }: RouteClaim, record: Connection, now: Date): boolean =>
  record.id === connectionId && record.version === version && now.getTime() - at.getTime() < maxRequestMs;

/**
 * Handing a secret that a sender delivers in its handshake to the function that may store it: who ingests can write
 * neither a secret nor what makes one live. It happens once in an endpoint's life, so Lambda's client is loaded then.
 */
import type { RejectionReason } from '../journal/rejection.ts';

/** A secret as its sender delivered it; it is kept in memory alone until it is stored. */
export interface DeliveredSecret {
  connection: { id: string; name: string };
  endpointId: string;
  /** The window that it came in. */
  windowId: string;
  value: string;
  sourceIp: string;
  requestId: string;
}

/** Returns once the secret is stored, or why it was not taken. @throws for a fault of ours, and never tells the value */
export type DeliverSecret = (secret: DeliveredSecret) => Promise<RejectionReason | undefined>;

/** @param name of the function `handshake`, or its ARN */
export const secretDeliverer =
  (name: string): DeliverSecret =>
  async (secret) => {
    // A file of ours, not the package: of this the bundler makes a require, as of S3's client.
    const { invoke } = await import('../aws/invoke-function.ts');
    const { refused } = (await invoke(name, secret)) as { refused: RejectionReason | null };
    return refused ?? undefined;
  };

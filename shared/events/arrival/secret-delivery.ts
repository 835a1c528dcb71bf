/**
 * Passes a secret that a sender delivers in its handshake to the function that may store it. Ingest has no right to write a
 * secret or a connection. An endpoint gets a delivered secret about once, so Lambda's client is loaded only when a secret
 * comes.
 */
import type { RejectionReason } from './rejection.ts';

/** A secret as its sender delivered it. Until the secret is stored, it exists only in memory. */
export interface DeliveredSecret {
  connection: { id: string; name: string };
  endpointId: string;
  /** The handshake window in which the secret was delivered. */
  windowId: string;
  value: string;
  sourceIp: string;
  requestId: string;
}

/**
 * Returns undefined once the secret is stored, or the reason why it was not accepted.
 * @throws on an internal error; the
 * error never contains the secret
 */
export type DeliverSecret = (secret: DeliveredSecret) => Promise<RejectionReason | undefined>;

/** @param name the name or ARN of the function `store-delivered-secret` */
export const secretDeliverer =
  (name: string): DeliverSecret =>
  async (secret) => {
    // Imports our file and not the package. The bundler can then turn the import into a require, as for S3's client.
    const { invoke } = await import('../../ground/aws/invoke-function.ts');
    const { refused } = (await invoke(name, secret)) as { refused: RejectionReason | null };
    return refused ?? undefined;
  };

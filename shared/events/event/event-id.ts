/** The ids of events. */
import { hash, randomFillSync } from 'node:crypto';

/** The form of an event's id. */
export const eventIdForm = /^evt_[0-9a-z]{26}$/;

// Crockford's base32. The alphabet has no letter that looks like a digit.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const idBytes = 26;
const pool = Buffer.alloc(idBytes * 64);
let usedBytes = pool.length;

/** Draws random bytes for one id. Fills a pool for many ids at once, because the system call is the expensive part. */
function drawBytes(): Uint8Array {
  if (usedBytes === pool.length) {
    randomFillSync(pool);
    usedBytes = 0;
  }
  usedBytes += idBytes;
  return pool.subarray(usedBytes - idBytes, usedBytes);
}

/**
 * An event id of 130 bits.
 * @param random at least 26 bytes
 */
export function randomEventId(random: Uint8Array = drawBytes()): string {
  let id = 'evt_';
  for (const byte of random.subarray(0, idBytes)) id += alphabet.charAt(byte % 32);
  return id;
}

/**
 * The id of the event with this delivery id. Every repeat of the arrival gets the same id, so the primary key finds
 * duplicates.
 * @param digest the body's digest, if another event with other bytes already has the delivery id; it makes the id
 * different
 */
export function eventIdFor(connectionId: string, deliveryId: string, digest?: string): string {
  // JSON separates the parts, so a delivery id can't look like another delivery id with a digest.
  return randomEventId(hash('sha256', JSON.stringify([connectionId, deliveryId, digest]), 'buffer'));
}

/**
 * The id of the event of a self-test.
 * @param digest the digest of the test's nonce
 */
export const testEventId = (connectionId: string, digest: string): string => eventIdFor(connectionId, digest, 'test');

/** The size of an item as DynamoDB counts it. The size decides what a write costs. */

/** An attribute value of a type that Hooklatch stores. */
interface StoredAttribute {
  S?: string;
  N?: string;
  B?: Uint8Array;
  BOOL?: boolean;
  SS?: string[];
}

/**
 * Bytes of a whole number: one for each pair of digits, one for the exponent, one for a minus sign. Pairs of zeros at
 * the end do not count.
 */
function numberBytes(text: string): number {
  const digits = text.replace('-', '');
  const pairs = digits.padStart(digits.length + (digits.length % 2), '0').replace(/(00)+$/, '');
  return pairs.length / 2 + 1 + (text.startsWith('-') ? 1 : 0);
}

function attributeBytes({ S, N, B, SS }: StoredAttribute): number {
  if (SS !== undefined) return SS.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  return B?.byteLength ?? 1;
}

/** The bytes of all names and values. */
export function itemBytes(item: Record<string, StoredAttribute>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + attributeBytes(value);
  return bytes;
}

/** One write unit covers this many bytes. */
const bytesPerWriteUnit = 1024;

/** The write units that DynamoDB bills for an item. DynamoDB rounds the size up to a whole number of KB. */
export const writeUnits = (bytes: number): number => Math.ceil(bytes / bytesPerWriteUnit);

/** The size of an item as DynamoDB counts it, which is what a write of it costs. */

/** An attribute's value, of the kinds that Hooklatch stores. */
interface StoredAttribute {
  S?: string;
  N?: string;
  B?: Uint8Array;
  BOOL?: boolean;
}

/** Of a whole number: a byte for each two digits, those at its end that are 00 left out, one for the exponent, one for a sign. */
function numberBytes(text: string): number {
  const digits = text.replace('-', '');
  const pairs = digits.padStart(digits.length + (digits.length % 2), '0').replace(/^(00)+|(00)+$/g, '');
  return pairs.length / 2 + 1 + (text.startsWith('-') ? 1 : 0);
}

function attributeBytes({ S, N, B }: StoredAttribute): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  return B?.byteLength ?? 1;
}

/** Names and values together, in bytes. */
export function itemBytes(item: Record<string, StoredAttribute>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + attributeBytes(value);
  return bytes;
}

/** DynamoDB bills a write by each KB that it begins. */
export const writeUnits = (bytes: number): number => Math.ceil(bytes / 1024);

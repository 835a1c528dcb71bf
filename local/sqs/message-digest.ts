import { createHash } from 'node:crypto';
import type { MessageAttribute } from './stored-message.ts';

const md5 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The digest by which clients check that a body arrived unchanged. */
export const bodyDigest = (body: string): string => md5(body);

/**
 * The digest of a message's attributes, as "Calculating the MD5 message digest for message attributes" of the SQS guide has
 * it. Undefined if there are none.
 */
export function attributesDigest(attributes: Readonly<Record<string, MessageAttribute>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  return md5(
    ...names.flatMap((name) => {
      const { DataType = '', ...value } = attributes[name] ?? {};
      const bytes = valueBytes(value);
      const transport = Uint8Array.of(isBinary(DataType) ? 2 : 1);
      return [...withLength(Buffer.from(name)), ...withLength(Buffer.from(DataType)), transport, ...withLength(bytes)];
    }),
  );
}

/** Whether an attribute has bytes: its type is `Binary`, or begins with `Binary.`. */
export const isBinary = (dataType: string): boolean => /^Binary(\.|$)/.test(dataType);

/** The value of an attribute as bytes. */
export const valueBytes = ({ StringValue, BinaryValue }: Partial<MessageAttribute>): Buffer =>
  StringValue === undefined ? Buffer.from(BinaryValue ?? '', 'base64') : Buffer.from(StringValue);

/** The size of a message as SQS counts it: the body, and the name, type and value of each attribute. */
export function messageBytes(body: string, attributes: Readonly<Record<string, MessageAttribute>>): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value.DataType) + valueBytes(value).length,
    Buffer.byteLength(body),
  );
}

function withLength(bytes: Buffer): [length: Buffer, bytes: Buffer] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}

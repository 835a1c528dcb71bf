/** The dead-letter bucket, where functions store dead letters. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Stores a dead letter. Returns once it is in the bucket. */
export type KeepDeadLetter = (key: string, text: string) => Promise<void>;

export function deadLetterKeeper(bucket: string, client: S3Client = new S3Client({})): KeepDeadLetter {
  return async (key, text) => {
    const object = { Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' };
    await client.send(new PutObjectCommand(object));
  };
}

/** The failures bucket, where a function puts aside what it can't carry on. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Returns once the object is in the bucket. */
export type Keep = (key: string, text: string) => Promise<void>;

export function failureKeeper(bucket: string, client: S3Client = new S3Client({})): Keep {
  return async (key, text) => {
    const object = { Bucket: bucket, Key: key, Body: text, ContentType: 'application/json' };
    await client.send(new PutObjectCommand(object));
  };
}

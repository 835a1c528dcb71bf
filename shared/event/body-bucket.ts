/** The bodies bucket by S3's client. Loaded by `shared/event/body-store.ts` when it is needed, and imported by nothing else. */
import { hash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { BodyStore } from './body.ts';

export function bodyBucket(bucket: string, client = new S3Client({})): BodyStore {
  return {
    async put(key, body) {
      // S3 compares what it got with the checksum, and gives it back with the object for those who read it.
      const ChecksumSHA256 = hash('sha256', body, 'base64');
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ChecksumSHA256 }));
    },

    async read(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return Body && Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}

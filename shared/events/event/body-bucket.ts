/** The bodies bucket through S3's client. Only `body-store.ts` loads this file, when it needs it. */
import { hash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { BodyStore } from './body-place.ts';

export function bodyBucket(bucket: string, client = new S3Client({})): BodyStore {
  return {
    async put(key, body) {
      // S3 verifies the checksum and returns it with the object.
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

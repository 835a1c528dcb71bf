import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startLocalAws } from '../../../local/aws/local-aws.ts';

/**
 * A process that writes an object's new file and then dies by SIGKILL, before it renames the file. Arguments: the data
 * folder, the bucket, the key and the body.
 */
fs.renameSync = () => process.kill(process.pid, 'SIGKILL');
syncBuiltinESMExports();

const [dataDir = '', Bucket = '', Key = '', Body = ''] = process.argv.slice(2);
const aws = await startLocalAws({ dataDir, region: 'eu-central-1', accountId: '123456789012' });
const allTrue = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
await aws.createBucket({ BucketName: Bucket, PublicAccessBlockConfiguration: allTrue });

const client = new S3Client({ endpoint: aws.url, region: aws.region, credentials: aws.administrator });
await client.send(new PutObjectCommand({ Bucket, Key, Body }));

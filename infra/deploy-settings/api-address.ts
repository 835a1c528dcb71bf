import { z } from 'zod';
import { readSetting, type Setting } from './setting.ts';
import { SettingError } from './setting-error.ts';

/** A domain of the deployment's own, at which the API is reached. */
export interface CustomDomain {
  domainName: string;
  /** A certificate of ACM in the region of the API. */
  certificateArn: string;
  /** The certificates that callers may have, as a file in a bucket. With it, callers without one can't connect. */
  mtlsTruststore?: { bucket: string; key: string };
}

const domainForm = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const certificateForm = /^arn:aws[\w-]*:acm:([a-z0-9-]+):\d{12}:certificate\/[0-9a-f-]{36}$/;
const objectForm = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/([\x21-\x7e]{1,1024})$/;

/** A setting that is a host name. */
export const hostName = (description: string) =>
  ({
    schema: z.string().regex(domainForm).describe(description),
    advice: 'write a host name in small letters, like hooks.example.com',
  }) satisfies Setting;

const certificateAdvice = (region = "the stack's region") => `use the ARN of a certificate of ACM in ${region}`;

/** A setting that is the ARN of a certificate. */
export const certificate = (description: string) =>
  ({ schema: z.string().regex(certificateForm).describe(description), advice: certificateAdvice() }) satisfies Setting;

export const domainName = hostName('A domain of your own for the API.');
export const certificateArn = certificate('The certificate of ACM for domainName, in the region of the stack.');
export const mtlsTruststore = {
  schema: z
    .string()
    .regex(objectForm)
    .describe('The S3 URI of a PEM file with the authorities whose client certificates are accepted.'),
  advice: 'use the S3 URI of a PEM file, like s3://my-bucket/truststore.pem',
} satisfies Setting;

/**
 * Reads the ARN of a certificate.
 * @param region the only region that fits, if there is only one
 * @throws SettingError for anything else
 */
export function certificateOf(name: string, given: unknown, region?: string): string | undefined {
  const inRegion = (arn: string) => region === undefined || certificateForm.exec(arn)?.[1] === region;
  const schema = certificateArn.schema.refine(inRegion);
  return readSetting(name, { schema, advice: certificateAdvice(region) }, given);
}

function truststoreOf(given: unknown): { bucket: string; key: string } | undefined {
  const [, bucket, key] = objectForm.exec(readSetting('mtlsTruststore', mtlsTruststore, given) ?? '') ?? [];
  return bucket && key ? { bucket, key } : undefined;
}

/**
 * Reads `domainName`, `certificateArn` and `mtlsTruststore`. Returns undefined if none is set.
 * @param region the region of the stack, if it is known
 * @throws SettingError for a value that can't be used, and if a setting is missing
 */
export function customDomainOf(name: unknown, arn: unknown, store: unknown, region?: string): CustomDomain | undefined {
  const host = readSetting('domainName', domainName, name);
  const certificate = certificateOf('certificateArn', arn, region);
  const truststore = truststoreOf(store);
  if (host && certificate)
    return { domainName: host, certificateArn: certificate, ...(truststore && { mtlsTruststore: truststore }) };
  if (host || certificate || truststore)
    throw new SettingError('domainName and certificateArn need each other, and mtlsTruststore needs both');
  return undefined;
}

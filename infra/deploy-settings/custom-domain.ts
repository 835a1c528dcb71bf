import { z } from 'zod';
import { SettingError, unusable } from './setting-error.ts';
import type { SettingName } from './setting-names.ts';

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

/** The schema of a host name. */
export const hostNameSchema = z.string().regex(domainForm);
/** The schema of the ARN of a certificate. */
export const certificateSchema = z.string().regex(certificateForm);

export const domainNameSchema = hostNameSchema.describe('A domain of your own for the API.');
export const certificateArnSchema = certificateSchema.describe(
  'The certificate of ACM for domainName, in the region of the stack.',
);
export const mtlsTruststoreSchema = z
  .string()
  .regex(objectForm)
  .describe('The S3 URI of a PEM file with the authorities whose client certificates are accepted.');

/** Reads a host name. @throws SettingError for anything else */
export function hostNameOf(name: SettingName, value: unknown): string {
  if (typeof value === 'string' && domainForm.test(value)) return value;
  throw unusable(name, value, 'write a host name in small letters, like hooks.example.com');
}

/**
 * Reads the ARN of a certificate.
 * @param region the only region that fits, if there is only one
 * @throws SettingError for anything else
 */
export function certificateOf(name: SettingName, value: unknown, region?: string): string {
  const found = typeof value === 'string' ? certificateForm.exec(value) : null;
  if (found && (region === undefined || found[1] === region)) return found[0];
  throw unusable(name, value, `use the ARN of a certificate of ACM in ${region ?? "the stack's region"}`);
}

function truststoreOf(value: unknown): { bucket: string; key: string } {
  const [, bucket, key] = (typeof value === 'string' && objectForm.exec(value)) || [];
  if (bucket && key) return { bucket, key };
  throw unusable('mtlsTruststore', value, 'use the S3 URI of a PEM file, like s3://my-bucket/truststore.pem');
}

/**
 * Reads `domainName`, `certificateArn` and `mtlsTruststore`. Returns undefined if none is set.
 * @param region the region of the stack, if it is known
 * @throws SettingError for a value that can't be used, and if a setting is missing
 */
export function customDomainOf(
  name: unknown,
  certificate: unknown,
  truststore: unknown,
  region?: string,
): CustomDomain | undefined {
  const domainName = name === undefined ? undefined : hostNameOf('domainName', name);
  const certificateArn = certificate === undefined ? undefined : certificateOf('certificateArn', certificate, region);
  const mtlsTruststore = truststore === undefined ? undefined : truststoreOf(truststore);
  if (domainName && certificateArn) return { domainName, certificateArn, ...(mtlsTruststore && { mtlsTruststore }) };
  if (domainName || certificateArn || mtlsTruststore)
    throw new SettingError('domainName and certificateArn need each other, and mtlsTruststore needs both');
  return undefined;
}

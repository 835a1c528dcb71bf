/** Where the API is reached: by a URL, at a domain, and through CloudFront alone. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readSetting, type Setting, text } from './setting.ts';
import { SettingError } from './setting-error.ts';

/** An https URL with a host and perhaps a path, but no user, query, fragment or slash at its end. */
const urlForm = /^https:\/\/[^/?#\s@]+(\/[^/?#\s]+)*$/;

/** Any other form would make broken webhook URLs. Without it, senders use the API's own endpoint. */
export const publicUrl = text({
  form: urlForm,
  description: 'Where senders reach the API, such as https://hooks.example.com.',
  advice: 'write it like https://hooks.example.com, without a slash at its end',
});

/** A domain of the deployment's own, at which the API is reached. */
export interface DomainSettings {
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
  text({ form: domainForm, description, advice: 'write a host name in small letters, like hooks.example.com' });

const certificateAdvice = (region = "the stack's region") => `use the ARN of a certificate of ACM in ${region}`;

/** A setting that is the ARN of a certificate. */
export const certificate = (description: string) =>
  text({ form: certificateForm, description, advice: certificateAdvice() });

export const domainName = hostName('A domain of your own for the API.');
export const certificateArn = certificate('The certificate of ACM for domainName, in the region of the stack.');
export const mtlsTruststore = text({
  form: objectForm,
  description: 'The S3 URI of a PEM file with the authorities whose client certificates are accepted.',
  advice: 'use the S3 URI of a PEM file, like s3://my-bucket/truststore.pem',
});

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
export function customDomainOf(
  name: unknown,
  arn: unknown,
  store: unknown,
  region?: string,
): DomainSettings | undefined {
  const host = readSetting('domainName', domainName, name);
  const certificate = certificateOf('certificateArn', arn, region);
  const truststore = truststoreOf(store);
  if (host && certificate)
    return { domainName: host, certificateArn: certificate, ...(truststore && { mtlsTruststore: truststore }) };
  if (host || certificate || truststore)
    throw new SettingError('domainName and certificateArn need each other, and mtlsTruststore needs both');
  return undefined;
}

/** One digest. While the secret changes, two: the old and the new value are live. */
const digestForm = /^[0-9a-f]{64}(,[0-9a-f]{64})?$/;
/** Whoever hashes an empty variable by mistake would let requests without the header pass. */
const digestOfNothing = createHash('sha256').update('').digest('hex');

/** With it, requests that do not come through CloudFront are refused. */
export const originSha256 = {
  schema: z
    .string()
    .regex(digestForm)
    .refine((digests) => !digests.includes(digestOfNothing))
    .describe('The SHA-256 of the secret value that CloudFront adds to each request, or of two values.'),
  advice: 'use the SHA-256 of the header in hexadecimal, or two with a comma',
} satisfies Setting;

/**
 * Reads `originSha256`. Returns an empty list without it.
 * @throws SettingError for a value that can't be used
 */
export const originDigestsOf = (value: unknown): string[] =>
  readSetting('originSha256', originSha256, value)?.split(',') ?? [];

import { z } from 'zod';
import type { CustomDomain } from './custom-domain.ts';
import { certificateOf, certificateSchema, hostNameOf, hostNameSchema } from './custom-domain.ts';
import { SettingError, unusable } from './setting-error.ts';
import { wholeNumber, wholeNumberSchema } from './whole-number.ts';

/** CloudFront and its firewall exist in this region alone, wherever the API is. */
export const edgeRegion = 'us-east-1';

/** A distribution of CloudFront in front of the API. */
export interface EdgeSettings {
  /** The host of the API, from CloudFront's point of view. */
  origin: string;
  /** The version of the secret with the value of the origin header. */
  secretVersion: string;
  /** The domain of the distribution, with its certificate. Without it, CloudFront chooses a name. */
  domain?: { name: string; certificateArn: string };
  /** The most requests of one address in five minutes. */
  rate: number;
  /** The region of the API. It is in the names in us-east-1, so that no other deployment has the same. */
  apiRegion: string;
}

export type EdgeContext = Readonly<
  Record<'edgeOrigin' | 'edgeSecretVersion' | 'edgeDomain' | 'edgeCertificateArn' | 'edgeRate', unknown>
>;

const defaultRate = 100_000;
/** The limit of AWS. */
const mostRate = 2_000_000_000;
const versionForm = /^[\w-]{32,64}$/;

export const edgeOriginSchema = hostNameSchema.describe('The host of the API, from the point of view of CloudFront.');
export const edgeSecretVersionSchema = z
  .string()
  .regex(versionForm)
  .describe('The VersionId of the secret with the value that CloudFront adds to each request.');
export const edgeDomainSchema = hostNameSchema.describe('The domain of the distribution of CloudFront.');
export const edgeCertificateArnSchema = certificateSchema.describe(
  'The certificate of ACM for edgeDomain, in us-east-1.',
);
export const edgeRateSchema = wholeNumberSchema(mostRate)
  .default(defaultRate)
  .describe('The most requests of one address in five minutes.');

function secretVersionOf(value: unknown): string {
  if (typeof value === 'string' && versionForm.test(value)) return value;
  throw unusable('edgeSecretVersion', value, 'use the VersionId that aws secretsmanager answered');
}

/** The regions of partitions in which us-east-1 is not: China, GovCloud, the isolated ones and the European Sovereign Cloud. */
const otherPartition = /^(cn|us-gov|us-iso\w*|eu-iso\w*|eusc)-/;

/** @throws SettingError if no distribution can be in front of the region */
function apiRegionOf(region: string | undefined): string {
  if (region === undefined)
    throw new SettingError(
      'the settings edge… need region, the region of the API: the stack and the secret in us-east-1 have it in their names, or a second deployment would take them over; write it into the file of the stage',
    );
  if (otherPartition.test(region))
    throw new SettingError(
      `the settings edge… can't be used in ${region}: ${edgeRegion}, where the firewall of CloudFront is, belongs to another partition of AWS; leave them out`,
    );
  return region;
}

/**
 * Reads the settings of the distribution. Returns undefined if none is set.
 * @throws SettingError for a value that can't be used, and for settings that do not fit together
 */
export function edgeOf(
  context: EdgeContext,
  api: { digests: string[]; domain: CustomDomain | undefined; region?: string | undefined },
) {
  const { edgeOrigin, edgeSecretVersion, edgeDomain, edgeCertificateArn, edgeRate } = context;
  const origin = edgeOrigin === undefined ? undefined : hostNameOf('edgeOrigin', edgeOrigin);
  const secretVersion = edgeSecretVersion === undefined ? undefined : secretVersionOf(edgeSecretVersion);
  const name = edgeDomain === undefined ? undefined : hostNameOf('edgeDomain', edgeDomain);
  const certificateArn =
    edgeCertificateArn === undefined ? undefined : certificateOf('edgeCertificateArn', edgeCertificateArn, edgeRegion);
  const rate = edgeRate === undefined ? undefined : wholeNumber('edgeRate', edgeRate, mostRate);
  if ([origin, secretVersion, name, certificateArn, rate].every((each) => each === undefined)) return undefined;
  if (!origin || !secretVersion) throw new SettingError('the settings edge… need edgeOrigin and edgeSecretVersion');
  if (Boolean(name) !== Boolean(certificateArn))
    throw new SettingError('edgeDomain and edgeCertificateArn need each other');
  if (api.digests.length === 0)
    throw new SettingError('edgeOrigin needs originSha256: without it, the API could be reached past CloudFront');
  if (api.domain?.mtlsTruststore)
    throw new SettingError("edgeOrigin and mtlsTruststore can't be used together: CloudFront has no certificate");
  const domain = name && certificateArn ? { name, certificateArn } : undefined;
  return {
    ...{ origin, secretVersion, ...(domain && { domain }), rate: rate ?? defaultRate },
    apiRegion: apiRegionOf(api.region),
  } satisfies EdgeSettings;
}

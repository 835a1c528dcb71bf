import { certificate, certificateOf, type DomainSettings, hostName } from './api-address.ts';
import { readerOf, type Setting, text, wholeNumber } from './setting.ts';
import { SettingError } from './setting-error.ts';

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

const defaultRate = 100_000;
/** The limit of AWS. */
const highestRate = 2_000_000_000;

export const edgeSettings = {
  edgeOrigin: hostName('The host of the API, from the point of view of CloudFront.'),
  edgeSecretVersion: text({
    form: /^[\w-]{32,64}$/,
    description: 'The VersionId of the secret with the value that CloudFront adds to each request.',
    advice: 'use the VersionId that aws secretsmanager answered',
  }),
  edgeDomain: hostName('The domain of the distribution of CloudFront.'),
  edgeCertificateArn: certificate('The certificate of ACM for edgeDomain, in us-east-1.'),
  edgeRate: wholeNumber({ to: highestRate }, (number) =>
    number.default(defaultRate).describe('The most requests of one address in five minutes.'),
  ),
} satisfies Record<string, Setting>;

export type EdgeContext = Readonly<Partial<Record<keyof typeof edgeSettings, unknown>>>;

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
  api: { digests: string[]; domain: DomainSettings | undefined; region?: string | undefined },
) {
  if (Object.keys(edgeSettings).every((name) => context[name as keyof EdgeContext] === undefined)) return undefined;
  const read = readerOf(edgeSettings, context);
  const [origin, secretVersion, name] = [read('edgeOrigin'), read('edgeSecretVersion'), read('edgeDomain')];
  const certificateArn = certificateOf('edgeCertificateArn', context.edgeCertificateArn, edgeRegion);
  const rate = read('edgeRate');
  if (!origin || !secretVersion) throw new SettingError('the settings edge… need edgeOrigin and edgeSecretVersion');
  if (Boolean(name) !== Boolean(certificateArn))
    throw new SettingError('edgeDomain and edgeCertificateArn need each other');
  if (api.digests.length === 0)
    throw new SettingError('edgeOrigin needs originSha256: without it, the API could be reached past CloudFront');
  if (api.domain?.mtlsTruststore)
    throw new SettingError("edgeOrigin and mtlsTruststore can't be used together: CloudFront has no certificate");
  const domain = name && certificateArn ? { name, certificateArn } : undefined;
  return {
    origin,
    secretVersion,
    ...(domain && { domain }),
    rate,
    apiRegion: apiRegionOf(api.region),
  } satisfies EdgeSettings;
}

import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { customDomainOf, originDigestsOf } from '../../../infra/deploy-settings/api-address.ts';
import { type EdgeContext, edgeOf } from '../../../infra/deploy-settings/edge.ts';
import { SettingError } from '../../../infra/deploy-settings/setting-error.ts';
import { readDeploymentSettings } from '../../../infra/deploy-settings/settings.ts';

const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;
const arn = certificate('eu-central-1');
const digest = 'ab'.repeat(32);

describe('the domain', () => {
  test('needs a certificate, and may have a truststore', () => {
    expect(customDomainOf(undefined, undefined, undefined)).toBeUndefined();
    const domain = { domainName: 'hooks.example.com', certificateArn: arn };
    expect(customDomainOf('hooks.example.com', arn, undefined)).toEqual(domain);
    expect(customDomainOf('hooks.example.com', arn, 's3://my.bucket/a/store.pem')).toEqual({
      ...domain,
      mtlsTruststore: { bucket: 'my.bucket', key: 'a/store.pem' },
    });
  });

  test.each([
    ['hooks.example.com', undefined, undefined],
    [undefined, arn, undefined],
    [undefined, undefined, 's3://bucket/key'],
    ['hooks.example.com', undefined, 's3://bucket/key'],
  ])('can be given only as a whole: %j, %j, %j', (name, certificateArn, truststore) => {
    expect(() => customDomainOf(name, certificateArn, truststore)).toThrow('need each other');
  });

  test.each([
    '',
    'localhost',
    'https://a.example',
    'A.example.com',
    '-a.example',
    'a.example.com/',
    '*.example.com',
    5,
  ])("can't be %p", (name) => {
    expect(() => customDomainOf(name, arn, undefined)).toThrow(
      `-c domainName=${name} can't be used; write a host name in small letters, like hooks.example.com`,
    );
  });

  test.each(['', 'arn:aws:iam::123456789012:server-certificate/a', arn.slice(0, -1), 5])(
    'has no certificate %p',
    (value) => {
      expect(() => customDomainOf('a.example', value, undefined)).toThrow(
        `-c certificateArn=${value} can't be used; use the ARN of a certificate of ACM in the stack's region`,
      );
    },
  );

  test.each(['', 'bucket/key', 's3://bucket', 's3://bucket/', 's3://Bucket/key', 'https://bucket/key'])(
    'has no truststore %p',
    (value) => {
      expect(() => customDomainOf('a.example', arn, value)).toThrow(
        `-c mtlsTruststore=${value} can't be used; use the S3 URI of a PEM file`,
      );
    },
  );
});

describe('the digest of the origin header', () => {
  test('is one, or two during a rotation', () => {
    expect(originDigestsOf(undefined)).toEqual([]);
    expect(originDigestsOf(digest)).toEqual([digest]);
    expect(originDigestsOf(`${digest},${'0'.repeat(64)}`)).toEqual([digest, '0'.repeat(64)]);
  });

  test.each([
    '',
    'secret',
    digest.toUpperCase(),
    `${digest},`,
    `${digest},${digest},${digest}`,
    createHash('sha256').update('').digest('hex'),
  ])("can't be %p", (value) => {
    expect(() => originDigestsOf(value)).toThrow(`-c originSha256=${value} can't be used; use the SHA-256`);
  });
});

describe('the distribution', () => {
  const nothing: EdgeContext = {
    edgeOrigin: undefined,
    edgeSecretVersion: undefined,
    edgeDomain: undefined,
    edgeCertificateArn: undefined,
    edgeRate: undefined,
  };
  const least = { ...nothing, edgeOrigin: 'api.example.com', edgeSecretVersion: '0'.repeat(36) };
  const api = { digests: [digest], domain: undefined, region: 'eu-central-1' };

  test('needs the host of the API and the version of the secret', () => {
    expect(edgeOf(nothing, api)).toBeUndefined();
    expect(edgeOf(least, api)).toEqual({
      origin: 'api.example.com',
      secretVersion: '0'.repeat(36),
      rate: 100_000,
      apiRegion: 'eu-central-1',
    });
    const named = { edgeDomain: 'hooks.example.com', edgeCertificateArn: certificate('us-east-1'), edgeRate: '500' };
    expect(edgeOf({ ...least, ...named }, api)).toEqual({
      origin: 'api.example.com',
      secretVersion: '0'.repeat(36),
      rate: 500,
      apiRegion: 'eu-central-1',
      domain: { name: 'hooks.example.com', certificateArn: certificate('us-east-1') },
    });
  });

  test.each<[string, Partial<EdgeContext>, string]>([
    ['no host', { edgeOrigin: undefined }, 'need edgeOrigin and edgeSecretVersion'],
    ['no version', { edgeSecretVersion: undefined }, 'need edgeOrigin and edgeSecretVersion'],
    ['a URL as its host', { edgeOrigin: 'https://a.example' }, "edgeOrigin=https://a.example can't be used"],
    ['a short version', { edgeSecretVersion: 'AWSCURRENT' }, "edgeSecretVersion=AWSCURRENT can't be used"],
    ['a domain alone', { edgeDomain: 'a.example' }, 'need each other'],
    ['a certificate elsewhere', { edgeCertificateArn: arn }, 'a certificate of ACM in us-east-1'],
    ['no rate', { edgeRate: '0' }, "edgeRate=0 can't be used"],
  ])("can't have %s", (_, change, message) => {
    expect(() => edgeOf({ ...least, ...change }, api)).toThrow(message);
  });

  test('needs the region of the API, because its names in us-east-1 contain it', () => {
    const { region: _, ...elsewhere } = api;
    expect(() => edgeOf(least, elsewhere)).toThrow(
      new SettingError(
        'the settings edge… need region, the region of the API: the stack and the secret in us-east-1 have it in their names, or a second deployment would take them over; write it into the file of the stage',
      ),
    );
  });

  test.each(['cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-iso-east-1', 'eusc-de-east-1'])(
    'can’t be in front of an API in %s',
    (region) => {
      expect(() => edgeOf(least, { ...api, region })).toThrow(
        new SettingError(
          `the settings edge… can't be used in ${region}: us-east-1, where the firewall of CloudFront is, belongs to another partition of AWS; leave them out`,
        ),
      );
    },
  );

  test('needs the digest, and no certificates of callers, in front of the API', () => {
    expect(() => edgeOf(least, { ...api, digests: [] })).toThrow('the API could be reached past CloudFront');
    const domain = { domainName: 'a.example', certificateArn: arn, mtlsTruststore: { bucket: 'b', key: 'k' } };
    expect(() => edgeOf(least, { ...api, domain })).toThrow("can't be used together");
  });
});

test('the URL of the deployment is its setting, else the domain of CloudFront, else that of the API', () => {
  const domain = { domainName: 'api.example.com', certificateArn: arn };
  const edge = {
    originSha256: digest,
    edgeOrigin: 'api.example.com',
    edgeSecretVersion: '0'.repeat(36),
    region: 'eu-central-1',
    edgeDomain: 'hooks.example.com',
    edgeCertificateArn: certificate('us-east-1'),
  };
  expect(readDeploymentSettings(domain).publicUrl).toBe('https://api.example.com');
  expect(readDeploymentSettings({ ...domain, ...edge }).publicUrl).toBe('https://hooks.example.com');
  const publicUrl = 'https://example.com/in';
  expect(readDeploymentSettings({ ...domain, ...edge, publicUrl }).publicUrl).toBe(publicUrl);
});

describe('the digest', () => {
  const message =
    'originSha256 needs publicUrl, edgeDomain or edgeOrigin: without one, the URLs that operators copy lead to the API itself, which then answers 403 to each request; set publicUrl to the URL of CloudFront';
  const domain = { domainName: 'api.example.com', certificateArn: arn };
  const origin = { edgeOrigin: 'api.example.com', edgeSecretVersion: '0'.repeat(36), region: 'eu-central-1' };
  const warnings = (context: Record<string, string>) =>
    readDeploymentSettings({ originSha256: digest, ...context }).warnings;

  test.each([[{}], [domain]])('is refused if no URL leads to CloudFront: %j', (context) => {
    expect(() => readDeploymentSettings({ originSha256: digest, ...context })).toThrow(new SettingError(message));
  });

  test('is accepted with a URL that leads there', () => {
    expect(warnings({ publicUrl: 'https://hooks.example.com' })).toEqual([]);
    const named = { edgeDomain: 'hooks.example.com', edgeCertificateArn: certificate('us-east-1') };
    expect(warnings({ ...origin, ...named })).toEqual([]);
    expect(warnings({ ...origin, publicUrl: 'https://hooks.example.com' })).toEqual([]);
  });

  test('with a distribution whose name is not known yet, asks for a second run', () => {
    const warning =
      'The URLs that operators copy do not lead to CloudFront yet, so each request to them is answered 403. Deploy a second time with publicUrl=https://… and the output DistributionDomain of the edge stack.';
    expect(warnings(origin)).toEqual([warning]);
    expect(warnings({ ...origin, ...domain })).toEqual([warning]);
  });
});

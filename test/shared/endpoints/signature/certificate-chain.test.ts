import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { nodeRoots } from '../../../../shared/endpoints/signature/certificate-chain.ts';
import { certificateReader } from '../../../../shared/endpoints/signature/certificate-reader.ts';
import {
  aCertificate,
  anAuthority,
  type Certificate,
  root,
  rootsOf,
  snsCertificateUrl,
  snsName,
} from './given-certificate.ts';
import { later, now } from './given-signature.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const issuerUrl = 'http://crt.r2-m01.authority.example/a/issuer.cer';
const intermediate = anAuthority('Intermediate', { issuerUrl: 'http://crt.authority.example/root.cer' });
const leafOf = (issuer: Certificate, more = {}) => aCertificate(snsName, { issuer, ...more });
const derOf = ({ pem }: Certificate) => Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');

type Files = Record<string, string | Buffer | number>;

/** A reader with these published files: a text or a status by URL. Other URLs can't be reached. */
function aReader(files: Files, roots = rootsOf(root)) {
  const clock = { now };
  const urls: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const fetch = async (input: string | URL | Request) => {
    const url = String(input);
    urls.push(url);
    const file = files[url];
    if (file === undefined) throw new TypeError('fetch failed');
    return typeof file === 'number'
      ? new Response('', { status: file })
      : new Response(new Uint8Array(Buffer.from(file)));
  };
  const log = (line: Record<string, unknown>, level?: string) => lines.push({ ...line, level });
  const read = certificateReader({ fetch, now: () => clock.now, log, roots: () => roots });
  const get = (url = snsCertificateUrl) => read({ url, subject: /^CN=sns\.amazonaws\.com$/m });
  return { get, urls, lines, clock, files };
}

const published = (...certificates: Certificate[]): Files => ({
  [snsCertificateUrl]: certificates.map(({ pem }) => pem).join('\n'),
});

const stranger = anAuthority('Authority of a stranger', { issuer: 'self' });
/** Cross-signed: the same key as `intermediate`, issued by an authority that is not trusted. */
const crossSigned = anAuthority('Intermediate', { issuer: stranger, keyOf: intermediate });
const unavailable = anAuthority('Intermediate', { issuer: stranger, keyOf: intermediate, issuerUrl });

describe('a certificate chain is accepted', () => {
  test.each<[string, Files]>([
    ['if a root issued the certificate', published(leafOf(root))],
    ['if the issuer comes after the certificate in the file', published(leafOf(intermediate), intermediate)],
    ['if the issuer comes before the certificate in the file', published(intermediate, leafOf(intermediate))],
    ['if the root is in the file too', published(leafOf(intermediate), root, intermediate)],
    [
      'if one of two certificates of the issuer leads to a trusted root',
      published(leafOf(intermediate), crossSigned, intermediate),
    ],
    [
      'if one of two certificates of the issuer leads to a trusted root, and the issuer of the other is unavailable',
      published(leafOf(intermediate), unavailable, intermediate),
    ],
    [
      'if the issuer in the file leads nowhere and another one is at the URL',
      { ...published(leafOf(intermediate, { issuerUrl }), crossSigned), [issuerUrl]: derOf(intermediate) },
    ],
    [
      'if the issuer is at the URL that the certificate names',
      { ...published(leafOf(intermediate, { issuerUrl })), [issuerUrl]: derOf(intermediate) },
    ],
    [
      'if the issuer in the file has expired and a new one is at the URL',
      {
        ...published(leafOf(intermediate, { issuerUrl }), anAuthority('Intermediate', { to: now })),
        [issuerUrl]: intermediate.pem,
      },
    ],
  ])('%s', async (_, files) => {
    const { get, lines } = aReader(files);
    expect(await get()).toEqual({ pem: expect.stringContaining('BEGIN CERTIFICATE') });
    expect(lines).toEqual([]);
  });

  test('if one of two roots with the same name issued the certificate', async () => {
    const namesake = anAuthority(root.name, { issuer: 'self' });
    for (const roots of [rootsOf(namesake, root), rootsOf(root, namesake)])
      expect(await aReader(published(leafOf(root)), roots).get()).toHaveProperty('pem');
  });

  test('without a fetch of the issuer if the issuer is in the file', async () => {
    const { get, urls } = aReader(published(leafOf(intermediate, { issuerUrl }), intermediate));
    expect(await get()).toEqual({ pem: expect.stringContaining('BEGIN CERTIFICATE') });
    expect(urls).toEqual([snsCertificateUrl]);
  });

  test('by default with the roots that Node trusts', () => {
    const roots = [...nodeRoots().values()].flat();
    expect(roots.length).toBeGreaterThan(100);
    expect(roots.every(({ ca }) => ca)).toBe(true);
  });
});

describe('a certificate chain is rejected and logged', () => {
  const namesake = anAuthority(root.name, { issuer: 'self' });
  const belowStranger = anAuthority('Intermediate', { issuer: stranger });
  const noAuthority = aCertificate('No authority');
  /** The key's algorithm has the object identifier 1.2.3.4, which OpenSSL does not know. */
  const unknownKey = anAuthority('Authority', { spki: Buffer.from('300b300506032a0304030200ff', 'hex') });
  test.each<[string, Files]>([
    ['if the certificate is self-signed', published(aCertificate(snsName, { issuer: 'self' }))],
    [
      'if the certificate is self-signed and names a URL',
      published(aCertificate(snsName, { issuer: 'self', issuerUrl })),
    ],
    ['if no trusted root issued the certificate', published(leafOf(stranger), stranger)],
    ["if no trusted root issued the issuer's certificate", published(leafOf(belowStranger), belowStranger, stranger)],
    ['if an issuer in the file has the name of a root', published(leafOf(namesake), namesake)],
    ['if the certificate names a root that did not sign it', published(leafOf(namesake))],
    ['if the issuer is not a certificate authority', published(leafOf(noAuthority), noAuthority)],
    ['if OpenSSL does not support the key of the issuer', published(leafOf(unknownKey), unknownKey)],
    ['if the issuer is missing and the certificate names no URL', published(leafOf(intermediate))],
    ['if the URL of the issuer has a query', published(leafOf(intermediate, { issuerUrl: `${issuerUrl}?a=1` }))],
    [
      'if the URL of the issuer has credentials',
      published(leafOf(intermediate, { issuerUrl: issuerUrl.replace('crt', 'user@crt') })),
    ],
    [
      'if the URL of the issuer contains another one',
      published(leafOf(intermediate, { issuerUrl: `ldap://authority.example/CA Issuers - URI:${issuerUrl}` })),
    ],
    [
      'if the URL of the issuer has an IP address',
      published(leafOf(intermediate, { issuerUrl: 'http://169.254.169.254/issuer.cer' })),
    ],
    [
      'if the URL of the issuer has a port',
      published(leafOf(intermediate, { issuerUrl: 'http://authority.example:8080/a.cer' })),
    ],
    [
      'if the URL of the issuer is a local file',
      published(leafOf(intermediate, { issuerUrl: 'file:///etc/issuer.cer' })),
    ],
  ])('%s', async (_, files) => {
    const { get, lines, urls } = aReader(files);
    expect(await get()).toBe('certificate_refused');
    const line = { outcome: 'certificate_chain', verdict: 'untrusted', url: snsCertificateUrl, level: 'warn' };
    expect(lines).toMatchObject([line]);
    expect(urls).toEqual([snsCertificateUrl]);
  });

  const urlOf = (name: string) => `http://authority.example/${name}.cer`;
  /** Four and five authorities below the root, the lowest first. Each names its issuer's URL if `hasUrls`. */
  function chains(hasUrls: boolean): Certificate[][] {
    const links: Certificate[] = [];
    for (const name of ['1', '2', '3', '4', '5']) {
      const [issuer = root] = links;
      links.unshift(anAuthority(name, { issuer, keyOf: root, ...(hasUrls && { issuerUrl: urlOf(issuer.name) }) }));
    }
    return [links.slice(1), links];
  }

  test.each([true, false])(
    'if more than four certificates come between it and the root; at URLs: %p',
    async (hasUrls) => {
      const read = chains(hasUrls).map((links) => {
        const [issuer = root] = links;
        const leaf = leafOf(issuer, hasUrls && { issuerUrl: urlOf(issuer.name) });
        const files = Object.fromEntries(links.map(({ name, pem }) => [urlOf(name), pem]));
        return aReader(hasUrls ? { ...files, ...published(leaf) } : published(leaf, ...links));
      });
      const [four, five] = await Promise.all(read.map(({ get }) => get()));
      expect(four).toEqual({ pem: expect.stringContaining('BEGIN CERTIFICATE') });
      expect(five).toBe('certificate_refused');
      expect(read[1]?.urls).toEqual([snsCertificateUrl, ...(hasUrls ? ['5', '4', '3', '2'].map(urlOf) : [])]);
    },
  );

  test('if the root has expired', async () => {
    const old = anAuthority('Old root', { issuer: 'self', to: now });
    const { get } = aReader(published(leafOf(old)), rootsOf(old));
    expect(await get()).toBe('certificate_refused');
  });
});

describe('a chain with an unavailable issuer', () => {
  const leaf = leafOf(intermediate, { issuerUrl });
  test.each<[string, Files]>([
    ['the URL of the issuer is unreachable', {}],
    ['the URL of the issuer answers 404', { [issuerUrl]: 404 }],
    ['the URL of the issuer has no certificate', { [issuerUrl]: 'no certificate' }],
    ['the URL of the issuer has another certificate', { [issuerUrl]: root.pem }],
    ['the issuer in the file leads nowhere', published(leaf, crossSigned)],
  ])('accepts genuine deliveries and is logged if %s', async (_, files) => {
    const { get, lines } = aReader({ ...published(leaf), ...files });
    expect(await get()).toEqual({ pem: leaf.pem });
    const line = { outcome: 'certificate_chain', verdict: 'unknown', url: snsCertificateUrl, level: 'warn' };
    expect(lines).toMatchObject([line]);
  });

  test('is checked again after a minute, and then its issuer is cached', async () => {
    const { get, urls, clock, files, lines } = aReader(published(leaf));
    await get();
    clock.now = later(59);
    await get();
    expect(urls).toHaveLength(2);
    files[issuerUrl] = intermediate.pem;
    clock.now = later(60);
    expect(await get()).toEqual({ pem: leaf.pem });
    expect(urls).toHaveLength(4);
    clock.now = later(3660);
    expect(await get()).toEqual({ pem: leaf.pem });
    expect(urls.filter((url) => url === issuerUrl)).toHaveLength(2);
    expect(lines).toHaveLength(1);
  });

  test('is not trusted because of the cached issuer of another certificate that names the same URL', async () => {
    const forged = leafOf(anAuthority('Intermediate', { issuer: stranger }), { issuerUrl });
    const url = snsCertificateUrl.replace('.pem', '1.pem');
    const { get, lines } = aReader({ ...published(leaf), [url]: forged.pem, [issuerUrl]: derOf(intermediate) });
    await get();
    expect(lines).toEqual([]);
    await get(url);
    expect(lines).toMatchObject([{ verdict: 'unknown', url }]);
  });

  test('waits one second for the issuer, because the sender waits meanwhile', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    await aReader(published(leaf)).get();
    expect(timeout.mock.calls).toEqual([[2_000], [1_000]]);
  });
});

describe('the caches', () => {
  const leaf = leafOf(root);
  const urlOf = (host: number, file = 0) => `https://sns${host}.example/${file}.pem`;
  const hosts = Array.from({ length: 33 }, (_, host) => urlOf(host));

  test('keep the 32 certificates that were fetched last', async () => {
    const { get, urls } = aReader(Object.fromEntries(hosts.map((url) => [url, leaf.pem])));
    for (const url of hosts) await get(url);
    expect(urls).toEqual(hosts);
    for (const url of hosts.slice(1)) await get(url);
    expect(urls).toHaveLength(33);
    await get(hosts[0]);
    expect(urls.slice(33)).toEqual([hosts[0]]);
  });

  test("remember a host's new URLs while 31 other hosts come", async () => {
    const { get, urls } = aReader({});
    for (let file = 0; file < 10; file++) await get(urlOf(0, file));
    for (const url of hosts.slice(1, 32)) await get(url);
    await get(urlOf(1, 1));
    expect(urls).toHaveLength(42);
    expect(await get(urlOf(0, 10))).toBe('certificate_unavailable');
    expect(urls).toHaveLength(42);
  });
});

describe('a file with several certificates', () => {
  const others = (count: number) => Array.from({ length: count }, () => root);

  test('is searched for the right one among the first eight', async () => {
    const leaf = leafOf(root);
    expect(await aReader(published(...others(7), leaf)).get()).toEqual({ pem: leaf.pem });
    expect(await aReader(published(...others(8), leaf)).get()).toBe('certificate_refused');
  });

  test('may have an expired certificate of the sender before the valid one', async () => {
    const leaf = leafOf(root);
    expect(await aReader(published(leafOf(root, { to: now }), leaf)).get()).toEqual({ pem: leaf.pem });
  });

  test('is refused if one of them can not be parsed', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(await aReader({ [snsCertificateUrl]: `${leafOf(root).pem}${broken}` }).get()).toBe('certificate_refused');
  });
});

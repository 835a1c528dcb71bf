import { describe, expect, test } from '@jest/globals';
import { nodeRoots } from '../../../shared/signature/certificate-chain.ts';
import { certificateReader } from '../../../shared/signature/certificate-reader.ts';
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

const issuerUrl = 'http://crt.authority.example/a/issuer.cer';
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
  const read = certificateReader({ fetch, now: () => clock.now, log: (line) => lines.push(line), roots: () => roots });
  const get = (url = snsCertificateUrl) => read({ url, subject: /^CN=sns\.amazonaws\.com$/m });
  return { get, urls, lines, clock, files };
}

const published = (...certificates: Certificate[]): Files => ({
  [snsCertificateUrl]: certificates.map(({ pem }) => pem).join('\n'),
});

describe('a certificate chain is accepted', () => {
  test.each<[string, Files]>([
    ['if a root issued the certificate', published(leafOf(root))],
    ['if the issuer comes after the certificate in the file', published(leafOf(intermediate), intermediate)],
    ['if the issuer comes before the certificate in the file', published(intermediate, leafOf(intermediate))],
    ['if the root is in the file too', published(leafOf(intermediate), root, intermediate)],
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

  test('by default with the roots that Node trusts', () => {
    const roots = [...nodeRoots().values()].flat();
    expect(roots.length).toBeGreaterThan(100);
    expect(roots.every(({ ca }) => ca)).toBe(true);
  });
});

describe('a certificate chain is rejected and logged', () => {
  const stranger = anAuthority('Authority of a stranger', { issuer: 'self' });
  const namesake = anAuthority(root.name, { issuer: 'self' });
  const belowStranger = anAuthority('Intermediate', { issuer: stranger });
  const noAuthority = aCertificate('No authority');
  const links: Certificate[] = [];
  for (const name of ['1', '2', '3', '4', '5']) links.unshift(anAuthority(name, { issuer: links[0] ?? root }));
  test.each<[string, Files]>([
    ['if the certificate is self-signed', published(aCertificate(snsName, { issuer: 'self' }))],
    ['if no trusted root issued the certificate', published(leafOf(stranger), stranger)],
    ["if no trusted root issued the issuer's certificate", published(leafOf(belowStranger), belowStranger, stranger)],
    ['if an issuer in the file has the name of a root', published(leafOf(namesake), namesake)],
    ['if the certificate names a root that did not sign it', published(leafOf(namesake))],
    ['if the issuer is not a certificate authority', published(leafOf(noAuthority), noAuthority)],
    ['if the issuer is missing and the certificate names no URL', published(leafOf(intermediate))],
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
    ['if the chain is too long', published(leafOf(links[0] ?? root), ...links)],
  ])('%s', async (_, files) => {
    const { get, lines, urls } = aReader(files);
    expect(await get()).toBe('certificate_refused');
    expect(lines).toMatchObject([{ outcome: 'certificate_chain', verdict: 'untrusted', url: snsCertificateUrl }]);
    expect(urls).toEqual([snsCertificateUrl]);
  });

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
  ])('accepts genuine deliveries and is logged if %s', async (_, files) => {
    const { get, lines } = aReader({ ...published(leaf), ...files });
    expect(await get()).toEqual({ pem: leaf.pem });
    expect(lines).toMatchObject([{ outcome: 'certificate_chain', verdict: 'unknown', url: snsCertificateUrl }]);
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
    clock.now = later(3660);
    expect(await get()).toEqual({ pem: leaf.pem });
    expect(urls.filter((url) => url === issuerUrl)).toHaveLength(2);
    expect(lines).toHaveLength(1);
  });
});

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

describe('a certificate is accepted', () => {
  test.each<[string, Files]>([
    ['from a root', published(leafOf(root))],
    ['from an issuer beside it', published(leafOf(intermediate), intermediate)],
    ['from an issuer before it', published(intermediate, leafOf(intermediate))],
    ['with its root beside it', published(leafOf(intermediate), root, intermediate)],
    [
      'alone, its issuer where it says',
      { ...published(leafOf(intermediate, { issuerUrl })), [issuerUrl]: derOf(intermediate) },
    ],
    [
      'beside an issuer that has expired, a new one where it says',
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

  test('by the roots that Node trusts, by default', () => {
    const roots = [...nodeRoots().values()].flat();
    expect(roots.length).toBeGreaterThan(100);
    expect(roots.every(({ ca }) => ca)).toBe(true);
  });
});

describe('a certificate is rejected and logged', () => {
  const stranger = anAuthority('Authority of a stranger', { issuer: 'self' });
  const namesake = anAuthority(root.name, { issuer: 'self' });
  const belowStranger = anAuthority('Intermediate', { issuer: stranger });
  const noAuthority = aCertificate('No authority');
  const links: Certificate[] = [];
  for (const name of ['1', '2', '3', '4', '5']) links.unshift(anAuthority(name, { issuer: links[0] ?? root }));
  test.each<[string, Files]>([
    ['signed by itself', published(aCertificate(snsName, { issuer: 'self' }))],
    ['of an authority that nobody trusts', published(leafOf(stranger), stranger)],
    ['below one that nobody trusts', published(leafOf(belowStranger), belowStranger, stranger)],
    ['of an authority with the name of a root', published(leafOf(namesake), namesake)],
    ['with the name of a root and another signature', published(leafOf(namesake))],
    ['of a certificate that is no authority', published(leafOf(noAuthority), noAuthority)],
    ['without its issuer, and without saying where it is', published(leafOf(intermediate))],
    ['of an issuer at an address', published(leafOf(intermediate, { issuerUrl: 'http://169.254.169.254/issuer.cer' }))],
    ['of an issuer at a port', published(leafOf(intermediate, { issuerUrl: 'http://authority.example:8080/a.cer' }))],
    ['of an issuer in a file of the machine', published(leafOf(intermediate, { issuerUrl: 'file:///etc/issuer.cer' }))],
    ['of more links than any authority has', published(leafOf(links[0] ?? root), ...links)],
  ])('%s', async (_, files) => {
    const { get, lines, urls } = aReader(files);
    expect(await get()).toBe('certificate_refused');
    expect(lines).toMatchObject([{ outcome: 'certificate_chain', verdict: 'untrusted', url: snsCertificateUrl }]);
    expect(urls).toEqual([snsCertificateUrl]);
  });

  test('if its root has expired', async () => {
    const old = anAuthority('Old root', { issuer: 'self', to: now });
    const { get } = aReader(published(leafOf(old)), rootsOf(old));
    expect(await get()).toBe('certificate_refused');
  });
});

describe('an unknown chain', () => {
  const leaf = leafOf(intermediate, { issuerUrl });
  test.each<[string, Files]>([
    ['its issuer is not reached', {}],
    ['its issuer is absent', { [issuerUrl]: 404 }],
    ['something else is where its issuer should be', { [issuerUrl]: 'no certificate' }],
    ['another certificate is where its issuer should be', { [issuerUrl]: root.pem }],
  ])('accepts genuine deliveries and is logged: %s', async (_, files) => {
    const { get, lines } = aReader({ ...published(leaf), ...files });
    expect(await get()).toEqual({ pem: leaf.pem });
    expect(lines).toMatchObject([{ outcome: 'certificate_chain', verdict: 'unknown', url: snsCertificateUrl }]);
  });

  test('is verified again after a minute, and then caches its issuer', async () => {
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

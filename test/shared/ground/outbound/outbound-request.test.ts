/** One request to another host: what arrives, what comes back, and what never leaves this machine. */
import { getEventListeners } from 'node:events';
import http from 'node:http';
import { isIP } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { outboundSender } from '../../../../shared/ground/outbound/outbound-request.ts';
import { aCertificate, anAuthority } from '../../endpoints/signature/given-certificate.ts';
import { aListener, aNetwork, aReceiver, aReceiverThatSays, authority, sendTo, usualRules } from './given-receiver.ts';

const lasting = { from: new Date(0), to: new Date('2049-01-01') };

/** How many timers keep this process alive. */
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('a request', () => {
  test('arrives as it was given, with the host of its URL', async () => {
    const { port, received } = await aReceiver();
    const { ports, asked, connected } = aNetwork();
    const headers = { 'Content-Type': 'text/plain', 'x-city': 'Łódź', Host: 'other.example', 'x-bad': 'a\nb' };
    const body = Buffer.from('täglich');
    const result = await sendTo(
      `https://Receiver.example:${port}/a%20b?c=d#e`,
      { headers, body, method: 'PUT' },
      { ports },
    );
    expect(result).toMatchObject({ outcome: 'answered', status: 204, leftOut: ['Host', 'x-bad'] });
    expect(received).toEqual([
      {
        method: 'PUT',
        url: '/a%20b?c=d',
        headers: {
          'content-type': 'text/plain',
          'x-city': Buffer.from('Łódź').toString('latin1'),
          host: `receiver.example:${port}`,
          'content-length': '8',
          connection: 'close',
        },
        rawHeaders: expect.any(Array),
        body: 'täglich',
        servername: 'receiver.example',
      },
    ]);
    expect([asked, connected]).toEqual([['receiver.example'], [`receiver.example:${port}`]]);
  });

  test('may have no body', async () => {
    const { port, received } = await aReceiver();
    expect(await sendTo(`https://receiver.example:${port}/`, { method: 'GET' })).toMatchObject({ status: 204 });
    expect(received).toMatchObject([{ method: 'GET', body: '' }]);
    expect(received[0]?.headers).toEqual({ host: `receiver.example:${port}`, connection: 'close' });
  });

  test('to an address asks no one for addresses, and names no server', async () => {
    const { port, received } = await aReceiver();
    const { ports, asked } = aNetwork();
    expect(await sendTo(`https://127.0.0.1:${port}/`, {}, { ports })).toMatchObject({ outcome: 'answered' });
    expect(asked).toEqual([]);
    expect(received).toMatchObject([{ servername: false, headers: { host: `127.0.0.1:${port}` } }]);
  });

  test('tries each address of the host until one answers', async () => {
    const { port } = await aReceiver();
    const { ports } = aNetwork({ 'receiver.example': ['127.0.0.7', '127.0.0.1'] });
    const rules = { allow: ['127.0.0.0/8'] };
    const result = await sendTo(`https://receiver.example:${port}/`, {}, { ports, rules });
    expect(result).toMatchObject({ outcome: 'answered' });
  });

  test('has a connection of its own', async () => {
    const { port, received } = await aReceiver((request, response) => response.end(String(request.socket.remotePort)));
    const url = `https://receiver.example:${port}/`;
    const [one, other] = [await sendTo(url), await sendTo(url)];
    expect(received).toHaveLength(2);
    expect('body' in one && String(one.body)).not.toBe('body' in other && String(other.body));
  });

  test('does not go to a proxy of the environment', async () => {
    const { port } = await aReceiver();
    const proxy = await aListener((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    const end = http.setGlobalProxyFromEnv({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    try {
      expect(await sendTo(`https://receiver.example:${port}/`)).toMatchObject({ outcome: 'answered', status: 204 });
    } finally {
      end();
    }
    expect(proxy.seen.connections).toBe(0);
  });

  test('trusts no other certificate because the environment says so', async () => {
    const { port, received } = await aReceiver(
      undefined,
      aCertificate('receiver.example', { ...lasting, issuer: 'self' }),
    );
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await sendTo(`https://receiver.example:${port}/`)).toMatchObject({ outcome: 'tls' });
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
    expect(received).toEqual([]);
  });
});

describe('after a request', () => {
  test.each<[string, Parameters<typeof aReceiver>[0], string]>([
    ['with an answer', undefined, 'answered'],
    ['with an answer that is too long', (_, response) => response.end('a'.repeat(20_000)), 'answered'],
    ['without an answer', (request) => request.socket.destroy(), 'broken'],
  ])('%s no timer and no listener stays', async (_, answer, outcome) => {
    const { port } = await aReceiver(answer);
    const { signal } = new AbortController();
    const before = timers();
    expect(await sendTo(`https://receiver.example:${port}/`, {}, { signal })).toMatchObject({ outcome });
    expect([timers(), getEventListeners(signal, 'abort')]).toEqual([before, []]);
  });

  test('the connection ends, though the receiver would keep it', async () => {
    const ended = Promise.withResolvers<string>();
    const { port } = await aReceiver((request, response) => {
      request.socket.on('close', () => ended.resolve('ended'));
      response.writeHead(200, { connection: 'keep-alive', 'content-length': '9' }).write('part');
    });
    expect(await sendTo(`https://receiver.example:${port}/`, {}, { bodyMs: 100 })).toMatchObject({ isWhole: false });
    expect(await ended.promise).toBe('ended');
  });

  test('whose connection broke at any moment, nothing is left that could end the process', async () => {
    for (const after of [0, 1, 100, 517, 1500, 2000, 3000]) {
      const { port } = await aListener((socket) => {
        let bytes = 0;
        const reset = () => socket.resetAndDestroy();
        if (after === 0) reset();
        socket.on('data', ({ length }) => {
          bytes += length;
          if (bytes >= after) reset();
        });
      });
      const result = await sendTo(
        `https://receiver.example:${port}/`,
        { body: Buffer.alloc(5_000) },
        { timeoutMs: 500 },
      );
      expect(['unreachable', 'tls', 'timeout']).toContain(result.outcome);
    }
  });
});

describe('the hops of a webhook', () => {
  test.each([
    [0, '1'],
    [1, '2'],
    [2, '3'],
  ])('that came %d times say %s', async (hops, sent) => {
    const { port, received } = await aReceiver();
    await sendTo(`https://receiver.example:${port}/`, { hops, headers: { 'hooklatch-hops': '0' } });
    expect(received[0]?.headers['hooklatch-hops']).toBe(sent);
  });

  test.each([3, 4, 1_000_000])('that came %d times end it', async (hops) => {
    const { port, received } = await aReceiver();
    const { ports, asked } = aNetwork();
    expect(await sendTo(`https://receiver.example:${port}/`, { hops }, { ports })).toEqual({
      outcome: 'forbidden',
      rule: 'hops',
      reason: 'the webhook came through Hooklatch too often',
      leftOut: [],
    });
    expect([received, asked]).toEqual([[], []]);
  });

  test('are not told of a request that sends no webhook', async () => {
    const { port, received } = await aReceiver();
    await sendTo(`https://receiver.example:${port}/`);
    expect(received[0]?.headers).not.toHaveProperty('hooklatch-hops');
  });
});

/** An address that may not be reached, with a listener that nothing may reach. */
const aForbiddenListener = async (address = '127.0.0.2') => ({ address, ...(await aListener(() => {}, address)) });
const isForbidden = (rule: string, reason: string) => ({ outcome: 'forbidden', rule, reason, leftOut: [] });
const notPublic = isForbidden('address', 'the host has an address that is not public');

describe('a forbidden request', () => {
  test.each<[string, (port: number) => string]>([
    ['an address', (port) => `https://127.0.0.2:${port}/`],
    ['the number of an address', (port) => `https://${0x7f000002}:${port}/`],
    ['an address in octal and hexadecimal', (port) => `https://0177.0.0x2:${port}/`],
    ['an address in other digits', (port) => `https://１２７。０。０。２:${port}/`],
    ['a mapped address', (port) => `https://[::ffff:127.0.0.2]:${port}/`],
    ['a compatible address', (port) => `https://[::7f00:2]:${port}/`],
    ['a translated address', (port) => `https://[64:ff9b::7f00:2]:${port}/`],
    ['an address in 6to4', (port) => `https://[2002:7f00:2::]:${port}/`],
    ['an address in Teredo', (port) => `https://[2001:0:7f00:2::]:${port}/`],
  ])('to %s asks for nothing and connects to nothing', async (_, url) => {
    const listener = await aForbiddenListener();
    const { ports, asked, connected } = aNetwork({}, { host: listener.address, port: listener.port });
    expect(await sendTo(url(listener.port), {}, { ports })).toEqual(notPublic);
    expect([asked, connected, listener.seen]).toEqual([[], [], { connections: 0, bytes: 0 }]);
  });

  test.each([
    ['http', 'https', 'the URL does not begin with https://'],
    ['https://user:password@receiver.example', 'userinfo', 'the URL has a user name or a password'],
    ['https://receiver.example:22', 'port', 'the port is neither 443 nor at least 1024'],
    ['https://hooks.example', 'own_host', 'the host is one of this deployment'],
    ['none', 'url', 'the URL is not valid'],
  ])('by its URL, %s, does not get that far', async (url, rule, reason) => {
    const { ports, asked, connected } = aNetwork();
    const rules = { ownHosts: ['hooks.example'] };
    const given = url === 'http' ? 'http://receiver.example/' : url;
    const result = await sendTo(given, { headers: { 'x a': 'b' } }, { ports, rules });
    expect(result).toEqual({ ...isForbidden(rule, reason), leftOut: ['x a'] });
    expect([asked, connected]).toEqual([[], []]);
  });

  test.each([
    ['the only one', ['127.0.0.2']],
    ['the first one', ['127.0.0.2', '127.0.0.1']],
    ['the last one', ['127.0.0.1', '8.8.8.8', '127.0.0.2']],
    ['of the other family', ['127.0.0.1', '::1']],
    ['mapped', ['127.0.0.1', '::ffff:127.0.0.1']],
    ['translated', ['127.0.0.1', '64:ff9b::7f00:1']],
    ['of a zone', ['127.0.0.1', 'fe80::1%eth0']],
    ['no address at all', ['127.0.0.1', 'receiver.example']],
  ])('because one address of the host is not public, %s, connects to none', async (_, addresses) => {
    const listener = await aForbiddenListener();
    const { ports, connected } = aNetwork({ 'receiver.example': addresses });
    expect(await sendTo(`https://receiver.example:${listener.port}/`, {}, { ports })).toEqual(notPublic);
    expect([connected, listener.seen]).toEqual([[], { connections: 0, bytes: 0 }]);
  });

  test('is not made by a second look-up that gives another address', async () => {
    const listener = await aForbiddenListener();
    const { port } = await aReceiver();
    const { ports, asked } = aNetwork();
    const answers = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2']];
    const lookup = async (host: string) => {
      asked.push(host);
      return (answers.shift() ?? []).map((address) => ({ address, family: isIP(address) }));
    };
    const url = `https://receiver.example:${port}/`;
    expect(await sendTo(url, {}, { ports: { ...ports, lookup } })).toMatchObject({ outcome: 'answered' });
    expect(asked).toEqual(['receiver.example']);
    expect(await sendTo(url, {}, { ports: { ...ports, lookup } })).toEqual(notPublic);
    expect(listener.seen.connections).toBe(0);
  });

  test('is noticed when a connection has another address than the look-up gave, before a byte is sent', async () => {
    const listener = await aForbiddenListener();
    const { ports, connected } = aNetwork({}, { host: listener.address, port: listener.port });
    const ended = new Promise<void>((resolve) => {
      const inner = ports.connect;
      ports.connect = ((options: object) =>
        inner(options as never).on('close', () => resolve())) as unknown as typeof ports.connect;
    });
    expect(await sendTo('https://receiver.example/', { body: Buffer.from('secret') }, { ports })).toEqual(notPublic);
    await ended;
    expect(connected).toEqual(['receiver.example:443']);
    expect(listener.seen).toEqual({ connections: 1, bytes: 0 });
  });

  test('is one to this machine, unless the deployment allows it', async () => {
    const { port, received } = await aReceiver();
    const byDefault = outboundSender({ ownHosts: [], allow: [] });
    const given = { url: `https://localhost:${port}/`, method: 'POST' };
    expect(await byDefault(given, { timeoutMs: 60_000 })).toEqual(notPublic);
    expect(received).toEqual([]);
  });
});

describe('an answer', () => {
  test.each([200, 204, 304, 400, 410, 429, 500, 503])('with the status %d is one', async (status) => {
    const { port } = await aReceiver((_, response) => response.writeHead(status, { 'retry-after': '5' }).end());
    expect(await sendTo(`https://receiver.example:${port}/`)).toMatchObject({
      outcome: 'answered',
      status,
      headers: { 'retry-after': '5' },
      isWhole: true,
    });
  });

  test.each([301, 302, 303, 307, 308])('that redirects, with %d, is not followed', async (status) => {
    const listener = await aForbiddenListener();
    const location = `https://127.0.0.2:${listener.port}/`;
    const { port, received } = await aReceiver((_, response) => response.writeHead(status, { location }).end());
    expect(await sendTo(`https://receiver.example:${port}/`)).toMatchObject({ status, headers: { location } });
    expect([received.length, listener.seen.connections]).toEqual([1, 0]);
  });

  test('is the final one', async () => {
    const port = await aReceiverThatSays(
      'HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\nok',
    );
    const result = await sendTo(`https://receiver.example:${port}/`);
    expect(result).toMatchObject({ status: 201, body: Buffer.from('ok'), isWhole: true });
  });

  test.each([
    [0, 0, true],
    [1, 1, true],
    [16_384, 16_384, true],
    [16_385, 16_384, false],
    [1_000_000, 16_384, false],
  ])('of %d bytes is read up to %d', async (length, read, isWhole) => {
    const { port } = await aReceiver((_, response) => response.end('a'.repeat(length)));
    const result = await sendTo(`https://receiver.example:${port}/`);
    expect(result).toMatchObject({ status: 200, body: Buffer.from('a'.repeat(read)), isWhole });
  });

  test('is read as far as the caller says', async () => {
    const { port } = await aReceiver((_, response) => response.end('abcdef'));
    const url = `https://receiver.example:${port}/`;
    expect(await sendTo(url, {}, { maxBodyBytes: 5 })).toMatchObject({ body: Buffer.from('abcde'), isWhole: false });
    expect(await sendTo(url, {}, { maxBodyBytes: 6 })).toMatchObject({ body: Buffer.from('abcdef'), isWhole: true });
  });

  test('is not decompressed', async () => {
    const zipped = gzipSync('a'.repeat(100_000));
    const { port } = await aReceiver((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(zipped),
    );
    expect(await sendTo(`https://receiver.example:${port}/`)).toMatchObject({ body: zipped, isWhole: true });
  });

  test.each([
    ['ends before it is complete', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart', true],
    ['has no end', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\npart', false],
    ['has chunks without an end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\n', false],
    ['has broken chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\nxyz\r\n', false],
  ])('whose body %s has its status and what came', async (_, bytes, isLast) => {
    const port = await aReceiverThatSays(bytes, isLast);
    // The time for the body begins with the status, so the short deadline of the request does not end it.
    expect(await sendTo(`https://receiver.example:${port}/`, {}, { bodyMs: 200 })).toMatchObject({
      outcome: 'answered',
      status: 200,
      body: Buffer.from('part'),
      isWhole: false,
    });
  });

  test('ends with the connection if it does not say where', async () => {
    const port = await aReceiverThatSays('HTTP/1.1 200 OK\r\n\r\nall');
    expect(await sendTo(`https://receiver.example:${port}/`)).toMatchObject({
      body: Buffer.from('all'),
      isWhole: true,
    });
  });

  test('ends the deadline when its status comes, so that its body has its own time', async () => {
    const { port } = await aReceiver();
    const before = timers();
    let atStatus: number | undefined;
    const limits = {
      timeoutMs: 60_000,
      // Asked for when the reading begins.
      get bodyMs() {
        atStatus = timers();
        return 60_000;
      },
    };
    const send = outboundSender(usualRules, aNetwork().ports);
    const result = await send({ url: `https://receiver.example:${port}/`, method: 'GET' }, limits);
    expect([result.outcome, atStatus]).toEqual(['answered', before]);
  });
});

describe('a failure', () => {
  const fails = (outcome: string, reason: string) => ({ outcome, reason, leftOut: [] });

  test.each([
    ['ENOTFOUND', 'host not found'],
    ['EAI_AGAIN', 'host not found'],
    ['ETIMEOUT', 'network error ETIMEOUT'],
  ])('of the look-up with %s is said', async (code, reason) => {
    const lookup = async () => Promise.reject(Object.assign(new Error('secret'), { code }));
    const ports = { ...aNetwork().ports, lookup };
    expect(await sendTo('https://receiver.example/', {}, { ports })).toEqual(fails('dns', reason));
  });

  test('of a host without addresses is one of the look-up', async () => {
    const { ports, connected } = aNetwork({ 'receiver.example': [] });
    expect(await sendTo('https://receiver.example/', {}, { ports })).toEqual(fails('dns', 'host not found'));
    expect(connected).toEqual([]);
  });

  test('of the real look-up is said', async () => {
    const send = outboundSender(usualRules);
    // A label that is too long, so no server is asked.
    const url = `https://${'a'.repeat(64)}.invalid/`;
    expect(await send({ url, method: 'GET' }, { timeoutMs: 60_000 })).toEqual(fails('dns', 'host not found'));
  });

  test.each([[['127.0.0.1']], [['127.0.0.1', '127.0.0.1']]])('of a connection to %j is said', async (addresses) => {
    const { port } = await aListener(() => {}, '127.0.0.3');
    const { ports } = aNetwork({ 'receiver.example': addresses });
    const result = await sendTo(`https://receiver.example:${port}/`, {}, { ports });
    expect(result).toEqual(fails('unreachable', 'connection refused'));
  });

  test.each([
    [
      'for another host',
      aCertificate('other.example', { ...lasting, issuer: authority, hosts: ['other.example'] }),
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'that expired',
      aCertificate('receiver.example', {
        from: new Date(0),
        to: new Date('2020-01-01'),
        issuer: authority,
        hosts: ['receiver.example'],
      }),
      'CERT_HAS_EXPIRED',
    ],
    [
      'that signs itself',
      aCertificate('receiver.example', { ...lasting, issuer: 'self', hosts: ['receiver.example'] }),
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    [
      'of another authority',
      aCertificate('receiver.example', {
        ...lasting,
        issuer: anAuthority('Another one', { issuer: 'self' }),
        hosts: ['receiver.example'],
      }),
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  ])('of a certificate %s is said, and nothing of the request is sent', async (_, certificate, code) => {
    const { port, received } = await aReceiver(undefined, certificate);
    const result = await sendTo(`https://receiver.example:${port}/`);
    expect(result).toEqual(fails('tls', `no secure connection: ${code}`));
    expect(received).toEqual([]);
  });

  test('of a certificate for the host, but not for its address, is said', async () => {
    const certificate = aCertificate('receiver.example', {
      ...lasting,
      issuer: authority,
      hosts: ['receiver.example'],
    });
    const { port } = await aReceiver(undefined, certificate);
    const result = await sendTo(`https://127.0.0.1:${port}/`);
    expect(result).toEqual(fails('tls', 'no secure connection: ERR_TLS_CERT_ALTNAME_INVALID'));
  });

  test("of a certificate that only the tests trust, if the roots are Node's", async () => {
    const { port } = await aReceiver();
    const send = outboundSender({ ownHosts: [], allow: ['127.0.0.1'] }, aNetwork().ports);
    const result = await send({ url: `https://receiver.example:${port}/`, method: 'GET' }, { timeoutMs: 60_000 });
    expect(result).toEqual(fails('tls', 'no secure connection: UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
  });

  test.each([
    ['does not encrypt', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'no secure connection: ERR_SSL_WRONG_VERSION_NUMBER'],
    ['hangs up', '', 'no secure connection: ECONNRESET'],
  ])('of a host that %s is said', async (_, bytes, reason) => {
    const { port } = await aListener((socket) => socket.end(bytes));
    expect(await sendTo(`https://receiver.example:${port}/`)).toEqual(fails('tls', reason));
  });

  test.each([
    ['nothing', '', 'connection reset'],
    ['no HTTP', 'hello\r\n\r\n', 'network error HPE_INVALID_CONSTANT'],
    ['half a status line', 'HTTP/1.1 2', 'connection reset'],
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'connection closed',
    ],
    ['headers without an end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`, 'network error HPE_HEADER_OVERFLOW'],
  ])('of a host that says %s is said', async (_, bytes, reason) => {
    const port = await aReceiverThatSays(bytes);
    expect(await sendTo(`https://receiver.example:${port}/`)).toEqual(fails('broken', reason));
  });

  const late = fails('timeout', 'no answer within 0.2 s');
  const soon = { timeoutMs: 200 };

  test('to look up the host in time is said, and the host is not called later', async () => {
    const { ports, connected } = aNetwork();
    let answer: (addresses: { address: string; family: number }[]) => void = () => {};
    const lookup = () =>
      new Promise<{ address: string; family: number }[]>((resolve) => {
        answer = resolve;
      });
    expect(await sendTo('https://receiver.example/', {}, { ports: { ...ports, lookup }, ...soon })).toEqual(late);
    answer([{ address: '127.0.0.1', family: 4 }]);
    await new Promise(setImmediate);
    expect(connected).toEqual([]);
  });

  test('to encrypt in time is said', async () => {
    const { port } = await aListener();
    expect(await sendTo(`https://receiver.example:${port}/`, {}, soon)).toEqual(late);
  });

  test('to answer in time is said', async () => {
    const { port } = await aReceiver(() => {});
    expect(await sendTo(`https://receiver.example:${port}/`, {}, soon)).toEqual(late);
  });

  test('to give a final status in time is said: hints are none', async () => {
    const port = await aReceiverThatSays('HTTP/1.1 103 Early Hints\r\n\r\n', false);
    expect(await sendTo(`https://receiver.example:${port}/`, {}, soon)).toEqual(late);
  });

  const abandoned = fails('timeout', 'abandoned');

  test('to wait any longer is said, and the connection ends, while it is encrypted', async () => {
    const abandon = new AbortController();
    const ended = Promise.withResolvers<string>();
    const { port } = await aListener((socket) => {
      socket.on('close', () => ended.resolve('ended')).once('data', () => abandon.abort());
    });
    const { signal } = abandon;
    expect(await sendTo(`https://receiver.example:${port}/`, {}, { signal })).toEqual(abandoned);
    expect(await ended.promise).toBe('ended');
  });

  test('to wait any longer is said, and the connection ends, while there is no answer', async () => {
    const abandon = new AbortController();
    const ended = Promise.withResolvers<string>();
    const { port } = await aReceiver((request) => {
      request.socket.on('close', () => ended.resolve('ended'));
      abandon.abort();
    });
    const { signal } = abandon;
    expect(await sendTo(`https://receiver.example:${port}/`, {}, { signal })).toEqual(abandoned);
    expect(await ended.promise).toBe('ended');
  });

  test('to begin at all is said', async () => {
    const { ports, asked } = aNetwork();
    const signal = AbortSignal.abort();
    expect(await sendTo('https://receiver.example/', {}, { ports, signal })).toEqual(abandoned);
    expect(asked).toEqual([]);
  });
});

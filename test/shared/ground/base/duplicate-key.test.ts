/**
 * Duplicate keys. Some parsers use the first value and some use the last, so a consumer might read a value that Hooklatch did
 * not verify.
 */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { credentialsInBody } from '../../../../shared/endpoints/credential/token-placement.ts';
import { header, hmac, value } from '../../../../shared/endpoints/provider/common-schemes.ts';
import { type ProviderId, presetOf } from '../../../../shared/endpoints/provider/presets.ts';
import { deliveryMetadataOf } from '../../../../shared/endpoints/settings/delivery-metadata.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { handshakeIn } from '../../../../shared/events/arrival/handshake.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';
import { atPointer, duplicateKey, fieldReader } from '../../../../shared/ground/base/json-pointer.ts';
import { count } from '../../../support/full-counts.ts';
import { aCertificate, anSnsMessage, snsName } from '../../endpoints/signature/given-certificate.ts';
import { accepted, aRequest, refused, signed, withHeaders } from '../../endpoints/signature/given-signature.ts';
import { schemes } from '../../endpoints/signature/schemes.ts';

const runs = { numRuns: count({ usual: 200, full: 1000 }) };

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const read = (body: string, pointer: string, type = json) => fieldReader(Buffer.from(body), type)(pointer);

describe('a field of a body', () => {
  test.each<[string, string, string]>([
    ['at the top level', '{"passcode":"wrong","passcode":"right"}', '/passcode'],
    ['with the same value', '{"passcode":"right","passcode":"right"}', '/passcode'],
    ['once with an escape', '{"pass\\u0063ode":"wrong","passcode":"right"}', '/passcode'],
    ['above the field', '{"a":{"b":"wrong"},"a":{"b":"right"}}', '/a/b'],
    ['above the field, once with a value that is not an object', '{"a":{"b":"right"},"a":1}', '/a/b'],
    ['in an object inside a list', '[1,{"b":1,"b":2}]', '/1/b'],
    ['with the name __proto__', '{"__proto__":1,"__proto__":2}', '/__proto__'],
    ['with a slash and a tilde in its name', '{"a/~":1,"a/~":2}', '/a~1~0'],
    ['in JSON inside a JSON string', '{"payload":"{\\"t\\":1,\\"t\\":2}"}', '/payload/t'],
    ['in JSON inside a body that is a JSON string', '"{\\"t\\":1,\\"t\\":2}"', '/t'],
  ])('is ignored if its key occurs twice: %s', (_, body, pointer) => {
    expect(read(body, pointer)).toBe(duplicateKey);
  });

  test('is ignored if a form field occurs twice, or if its JSON has a duplicate key', () => {
    expect(read(`payload=${encodeURIComponent('{"t":1,"t":2}')}`, '/payload/t', form)).toBe(duplicateKey);
    expect(read('t=1&t=2', '/t', form)).toBeNull();
  });

  test('is read if its own key occurs once, although other keys occur twice', () => {
    expect(read('{"x":1,"x":2,"passcode":"right","y":{"passcode":1,"passcode":2}}', '/passcode')).toBe('right');
  });

  test('equals the parsed value if no key occurs twice', () => {
    const keys = fc.constantFrom('a', 'b', 'é"\\', '__proto__', '0', 'length');
    const documents = fc.object({ key: keys, maxDepth: 3, values: [fc.string(), fc.integer(), fc.constant(null)] });
    fc.assert(
      fc.property(documents, fc.array(keys, { minLength: 1, maxLength: 4 }), fc.nat(2), (document, path, indent) => {
        const text = JSON.stringify(document, null, indent);
        const pointer = path.map((key) => `/${key}`).join('');
        const expected = atPointer(JSON.parse(text), pointer);
        fc.pre(path.at(-1) !== 'length' || expected === undefined || typeof expected !== 'number');
        expect(read(text, pointer)).toEqual(expected);
      }),
      runs,
    );
  });

  test('is ignored if any key on its path occurs twice', () => {
    const names = fc
      .string({ minLength: 1, maxLength: 6 })
      .filter((name) => !name.includes('~') && !name.includes('/'));
    const escaped = (name: string) =>
      `"${[...name].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
    fc.assert(
      fc.property(
        fc.array(names, { minLength: 1, maxLength: 5 }),
        fc.nat(),
        fc.jsonValue(),
        fc.boolean(),
        (path, at, other, isFirst) => {
          const depth = at % path.length;
          const body = path.reduceRight((inner, name, index) => {
            const members = [`${JSON.stringify(name)}:${inner}`, `${escaped(name)}:${JSON.stringify(other)}`];
            return `{${(index === depth ? (isFirst ? members : members.reverse()) : members.slice(0, 1)).join(',')}}`;
          }, '"right"');
          expect(read(body, path.map((name) => `/${name}`).join(''))).toBe(duplicateKey);
        },
      ),
      runs,
    );
  });

  test('is read in a very deep and long body', () => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    expect(read(`{"x":${deep},"t":"right"}`, '/t')).toBe('right');
    expect(read(`{"t":${deep},"t":"right"}`, '/t')).toBe(duplicateKey);
  });
});

describe('a token', () => {
  test('is malformed if its key occurs twice, even if one of the values is right', () => {
    for (const body of ['{"passcode":"wrong","passcode":"right"}', '{"passcode":"right","passcode":"wrong"}'])
      expect(credentialsInBody([{ in: 'body', path: '/passcode' }], Buffer.from(body), json)).toEqual([
        { in: 'body', place: 'body /passcode', value: null },
      ]);
  });
});

/** A JSON text with a member added before `before` in the same object. */
const withMember = (body: Buffer, before: string, member: string): Buffer =>
  Buffer.from(body.toString().replace(`"${before}":`, `${member},"${before}":`));

describe('a signature', () => {
  const secret = 'a secret';

  test('is rejected if it occurs twice in the body', () => {
    const scheme = hmac('/signature', { message: [value('/id')] });
    const request = signed(scheme, secret);
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(accepted());
    const doubled = { ...request, body: withMember(request.body, 'signature', '"signature":"00"') };
    expect(verifyWithSecrets(scheme, [secret], doubled)).toEqual(refused('signature_missing'));
  });

  test('is rejected if a signed field occurs twice', () => {
    const scheme = hmac(header('x-signature'), { message: [value('/id')] });
    const request = signed(scheme, secret);
    const doubled = { ...request, body: withMember(request.body, 'id', '"id":"evt_2"') };
    expect(verifyWithSecrets(scheme, [secret], doubled)).toEqual(refused('message_incomplete'));
  });

  test('is rejected if its time occurs twice', () => {
    const body = Buffer.from(`{"webhookTimestamp":1,"webhookTimestamp":${aRequest().now.getTime()}}`);
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const request = withHeaders(aRequest({ body }), { 'linear-signature': signature });
    expect(verifyWithSecrets(schemes.linear, [secret], request)).toEqual(refused('timestamp_missing'));
  });

  test.each(['pspReference', 'originalReference', 'merchantReference'])(
    'of Adyen is rejected if %s occurs twice',
    (name) => {
      const item = `{"pspReference":"p","merchantReference":"m","additionalData":{}}`;
      const body = Buffer.from(`{"notificationItems":[{"NotificationRequestItem":${item}}]}`);
      const request = signed(schemes.adyen, 'abcd', aRequest({ body }));
      expect(verifyWithSecrets(schemes.adyen, ['abcd'], request)).toEqual(accepted());
      const doubled = withMember(request.body, 'pspReference', `"${name}":"x","${name}":"y"`);
      expect(verifyWithSecrets(schemes.adyen, ['abcd'], { ...request, body: doubled }).verified).toBe(false);
      const items = withMember(request.body, 'notificationItems', '"notificationItems":[]');
      expect(verifyWithSecrets(schemes.adyen, ['abcd'], { ...request, body: items }).verified).toBe(false);
    },
  );

  test.each(['Message', 'Subject', 'TopicArn', 'Type', 'MessageId', 'Signature', 'SignatureVersion'])(
    'of SNS is rejected if %s occurs twice',
    (name) => {
      const certificate = aCertificate(snsName);
      const message = anSnsMessage(certificate, {});
      expect(verifyWithSecrets(schemes.sns, [certificate.pem], message)).toEqual(accepted());
      const doubled = withMember(message.body, 'MessageId', `"${name}":"x","${name}":"y"`);
      expect(verifyWithSecrets(schemes.sns, [certificate.pem], { ...message, body: doubled }).verified).toBe(false);
    },
  );

  test.each(['exp', 'nbf', 'iat'])('that is a JWT is rejected if its claim %s occurs twice', (claim) => {
    const seconds = Math.floor(aRequest().now.getTime() / 1000);
    const tokenOf = (claims: string) => {
      const text = ['{"alg":"HS256"}', claims].map((one) => Buffer.from(one).toString('base64url')).join('.');
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    const judge = (claims: string) =>
      verifyWithSecrets(schemes.monday, [secret], withHeaders(aRequest(), { authorization: tokenOf(claims) }));
    expect(judge(`{"exp":${seconds + 60},"x":1,"x":2}`)).toEqual(accepted());
    expect(judge(`{"${claim}":1,"exp":${seconds + 60},"${claim}":${seconds}}`)).toEqual(refused('timestamp_malformed'));
  });
});

describe('a handshake', () => {
  const asked = (provider: ProviderId, body: string) => {
    const delivery: Arrival = {
      method: 'POST',
      headers: { 'content-type': json },
      rawQueryString: '',
      rest: undefined,
      sourceIp: '192.0.2.1',
      requestId: 'r',
      body: Buffer.from(body),
    };
    return handshakeIn(presetOf(provider), delivery);
  };

  test('is not answered if its mark or its challenge occurs twice', () => {
    const payload = '"payload":{"plainToken":"abc"}';
    const mark = '"event":"endpoint.url_validation"';
    expect(asked('zoom', `{${mark},${payload}}`)).toMatchObject({ challenge: 'abc' });
    expect(asked('zoom', `{"event":"meeting.started",${mark},${payload}}`)).toBeUndefined();
    expect(asked('zoom', `{${mark},"payload":{},${payload}}`)).toEqual({
      handshake: expect.objectContaining({ method: 'POST' }),
      challenge: undefined,
    });
  });

  test('delivers no secret if the field of the secret occurs twice', () => {
    expect(asked('notion', '{"verification_token":"secret_1"}')).toMatchObject({ challenge: 'secret_1' });
    expect(asked('notion', '{"verification_token":"secret_1","verification_token":"secret_2"}')).toBeUndefined();
  });
});

test('the delivery id and the type are read from the last of two equal keys', () => {
  const body = Buffer.from('{"id":"1","type":"a","id":"2","type":"b"}');
  const wanted = { dedupe: { by: 'body', path: '/id' }, types: [{ in: 'body', path: '/type' }] } as const;
  expect(deliveryMetadataOf({ headers: {}, body, accept: [] }, wanted)).toEqual({ deliveryId: '2', type: 'b' });
});

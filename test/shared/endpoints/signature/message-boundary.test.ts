/** Two requests with different signed values never give the same message: the boundary between two parts can't move. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  body,
  header,
  hmac,
  literal,
  timestamp,
  url,
  value,
} from '../../../../shared/endpoints/provider/common-schemes.ts';
import { presets } from '../../../../shared/endpoints/provider/presets.ts';
import { boundariesOf } from '../../../../shared/endpoints/signature/message-boundary.ts';
import {
  type MessagePart,
  type Scheme,
  schemeSchema,
  type TemplateScheme,
  type ValueSource,
} from '../../../../shared/endpoints/signature/scheme.ts';
import { checkScheme } from '../../../../shared/endpoints/signature/scheme-check.ts';
import { readBySender } from '../../../../shared/endpoints/signature/sender-scheme.ts';
import { readByTemplate, type Signable, valuesAt } from '../../../../shared/endpoints/signature/signed-message.ts';
import { withBodyField } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { count } from '../../../support/full-counts.ts';
import { accepted, aRequest, refused, signed, withHeaders } from './given-signature.ts';
import { schemes } from './schemes.ts';

/** How often each property is tested. */
const runs = { numRuns: count({ usual: 200, full: 1000 }) };

/** A scheme that does not check the age of a time. */
function ageless(scheme: TemplateScheme): TemplateScheme {
  if (!scheme.timestamp) return scheme;
  const { tolerance: _, ...time } = scheme.timestamp;
  return { ...scheme, timestamp: time };
}

const isOver =
  (...parts: string[]) =>
  (scheme: TemplateScheme) =>
    scheme.message.some(({ part }) => parts.includes(part));

/** All schemes of presets that join several parts. */
const ofSenders: TemplateScheme[] = Object.values(presets)
  .flatMap((preset) => [
    'scheme' in preset ? preset.scheme : undefined,
    ...Object.values('older' in preset ? preset.older : {}),
  ])
  .flatMap((scheme) => (scheme && 'message' in scheme ? [ageless(scheme)] : []))
  .filter(({ message }) => message.length > 1);

const literals = fc.constantFrom('.', ':', '|', '\n', 'ab', 'aba', '1', 'a1', '0|').map(literal);
const ownParts: fc.Arbitrary<MessagePart> = fc.oneof(
  { arbitrary: literals, weight: 3 },
  fc.constantFrom<MessagePart>(body, timestamp, url, { part: 'method' }, { part: 'secret' }),
  fc.constantFrom('x-a', 'x-b').map((name) => value(header(name))),
);
/** Custom schemes. Only those that show where each part ends are accepted. */
const ownSchemes: fc.Arbitrary<TemplateScheme> = fc
  .record({
    message: fc.uniqueArray(ownParts, {
      minLength: 2,
      maxLength: 6,
      selector: (part) => (part.part === 'literal' ? part : JSON.stringify(part)),
    }),
    unit: fc.constantFrom<NonNullable<TemplateScheme['timestamp']>['unit']>('s', 'ms', 'rfc3339', 'imf'),
  })
  .map(({ message, unit }) => hmac(header('x-signature'), { message, timestamp: { source: header('x-time'), unit } }))
  .filter((scheme) => typeof boundariesOf(scheme) !== 'string');

const texts = (pieces: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...pieces), { maxLength }).map((list) => list.join(''));
const pieces = [
  'a',
  '1',
  '.',
  ':',
  '|',
  '\n',
  'ab',
  'aba',
  '17',
  '{',
  '}',
  'x',
  '1772366400',
  '2026-03-01T12:00:00Z',
  'https://h/',
];
const times = {
  s: ['1', '17', '0', '1772366400', '17723664001', '01772366400'],
  ms: ['1', '1772366400000', '17723664000001', '001772366400000'],
  rfc3339: [
    '2026-03-01T12:00:00Z',
    '2026-03-01T12:00:00.5Z',
    '2026-03-01T12:00:00+01:00',
    '2026-03-01T12:00:00.123456789-07:00',
  ],
  imf: ['Sun, 01 Mar 2026 12:00:00 GMT'],
};

/** The text of one part of a message. */
function textsOf(part: MessagePart, scheme: TemplateScheme): fc.Arbitrary<string> {
  switch (part.part) {
    case 'literal':
      return fc.constant(part.text);
    case 'secret':
      return fc.constant('1s');
    case 'method':
      return fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE');
    case 'timestamp':
      return fc.constantFrom(...times[scheme.timestamp?.unit ?? 's']);
    case 'url':
      return texts(['a', '1', '?a=1', '.', '|', '{', 'ab', '"', '\n', 'mandrill_events'], 3).map(
        (text) => `https://h/${text}`,
      );
    case 'sortedForm':
      return texts([...pieces, part.only ?? ''], 3).map((text) => `${part.only}${text}`);
    default:
      return texts(pieces, 4);
  }
}

/** Whether a text can be this part, by the most lenient reading. */
function mayBe(part: MessagePart, text: string): boolean {
  if (part.part === 'literal') return text === part.text;
  if (part.part === 'secret') return text === '1s';
  if (part.part === 'url') return text.startsWith('https://h/');
  if (part.part === 'sortedForm') return text.startsWith(part.only ?? '');
  if (part.part === 'method') return /^[A-Z]{3,6}$/.test(text);
  if (part.part === 'timestamp') return /^[\w:.,+ -]{1,40}$/.test(text);
  return part.part === 'body' || text !== '';
}

/** All ways to split a message into the parts of a scheme. */
function cuts([part, ...more]: readonly MessagePart[], message: string): string[][] {
  if (part === undefined) return message === '' ? [[]] : [];
  const ends = more.length === 0 ? [message.length] : [...Array(message.length + 1).keys()];
  return ends
    .filter((end) => mayBe(part, message.slice(0, end)))
    .flatMap((end) => cuts(more, message.slice(end)).map((rest) => [message.slice(0, end), ...rest]));
}

function placed(request: Signable, source: ValueSource, text: string): Signable {
  const element = `${source.prefix ?? ''}${text}`;
  if (source.in === 'body') return source.path === undefined ? request : withBodyField(request, source.path, element);
  const before = request.headers[source.name];
  return withHeaders(request, {
    [source.name]: before && source.separator ? `${before}${source.separator}${element}` : element,
  });
}

const lengths = { sha1: 20, sha256: 32, sha512: 64, ed25519: 64, 'ecdsa-p256': 70, 'rsa-sha256': 256 };

/** A request with these texts as the parts of its message, and a well-formed signature. */
function requestOf(scheme: TemplateScheme, written: readonly string[]): Signable {
  const form = scheme.message.some(({ part }) => part === 'sortedForm');
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  let request = aRequest({ headers: { 'content-type': type }, body: Buffer.from('{}') });
  for (const [at, part] of scheme.message.entries()) {
    const text = written[at] ?? '';
    if (part.part === 'body') request = { ...request, body: Buffer.from(text) };
    if (part.part === 'sortedForm')
      request = {
        ...request,
        body: Buffer.from(new URLSearchParams({ [part.only ?? '']: text.slice(part.only?.length) }).toString()),
      };
    if (part.part === 'url') request = { ...request, url: text };
    if (part.part === 'method') request = { ...request, method: text };
    if (part.part === 'value') request = placed(request, part.source, text);
    if (part.part === 'timestamp' && scheme.timestamp) request = placed(request, scheme.timestamp.source, text);
  }
  for (const one of scheme.requires ?? []) request = withHeaders(request, { [one.header]: one.equals });
  const [source] = scheme.signatures;
  return source
    ? placed(request, source, Buffer.alloc(lengths[scheme.algorithm], 1).toString(scheme.encoding))
    : request;
}

/** Whether a request reads back as it was written. List elements lose the spaces around them. */
function isReadAs(scheme: TemplateScheme, request: Signable, written: readonly string[]): boolean {
  return scheme.message.every((part, at) => {
    const source =
      part.part === 'value' ? part.source : part.part === 'timestamp' ? scheme.timestamp?.source : undefined;
    return source === undefined || valuesAt(source, request).join() === written[at];
  });
}

/** The message of a request. Undefined if the request is rejected. */
function messageIn(scheme: TemplateScheme, request: Signable): string | undefined {
  const reading = readByTemplate(scheme, request);
  return typeof reading === 'string' ? undefined : reading.checks[0]?.messages(Buffer.from('1s'))[0]?.toString();
}

/** Splits each request's message in other ways. Expects that no other request with the same message is accepted. */
function isReadInOneWay(cases: fc.Arbitrary<TemplateScheme>) {
  let counted = 0;
  fc.assert(
    fc.property(
      cases.chain((scheme) =>
        fc.tuple(...scheme.message.map((part) => textsOf(part, scheme))).map((written) => ({ scheme, written })),
      ),
      ({ scheme, written }) => {
        const message = written.join('');
        if (messageIn(scheme, requestOf(scheme, written)) !== message) return;
        counted += 1;
        const others = cuts(scheme.message, message)
          .slice(0, 2000)
          .filter((other) => {
            const request = requestOf(scheme, other);
            return isReadAs(scheme, request, other) && messageIn(scheme, request) === message;
          });
        expect(others).toEqual([written]);
      },
    ),
    runs,
  );
  // Makes sure that the property tested something.
  expect(counted).toBeGreaterThan(0);
}

describe('a signed message', () => {
  test('can be split in one way only, for every sender whose message has several parts', () => {
    expect(ofSenders.length).toBeGreaterThan(20);
    expect(ofSenders.map(boundariesOf).filter((one) => typeof one === 'string')).toEqual([]);
    expect(ofSenders.filter(isOver('bodyCrc32'))).toEqual([]);
    isReadInOneWay(fc.constantFrom(...ofSenders));
  });

  test('can be split in one way only, for every custom scheme that is accepted', () => {
    isReadInOneWay(ownSchemes);
  });
});

const secret = 'a secret';

describe('an ambiguous request is rejected:', () => {
  test('the id of Standard Webhooks has a dot', () => {
    const request = signed(schemes.standardWebhooks, 'whsec_c2Vj', aRequest({ headers: { 'webhook-id': 'msg_1' } }));
    expect(verifyWithSecrets(schemes.standardWebhooks, ['whsec_c2Vj'], request)).toEqual(accepted());
    const dotted = withHeaders(request, { 'webhook-id': 'msg.1' });
    expect(verifyWithSecrets(schemes.standardWebhooks, ['whsec_c2Vj'], dotted)).toEqual(refused('message_ambiguous'));
  });

  test('the body could continue the time of SendGrid, Discord or Cloudinary', () => {
    const time = String(aRequest().now.getTime() / 1000);
    const request = (at: string, text: string) =>
      aRequest({
        headers: { 'x-cld-timestamp': at, 'x-cld-signature': '00'.repeat(32) },
        body: Buffer.from(text),
      });
    expect(verifyWithSecrets(schemes.cloudinary, [secret], request(time, '{}'))).toEqual(refused('signature_mismatch'));
    expect(verifyWithSecrets(schemes.cloudinary, [secret], request(time, '{}1'))).toEqual(refused('message_ambiguous'));
    for (const scheme of [schemes.sendgrid, schemes.discord])
      expect(boundariesOf(scheme)).toEqual([expect.objectContaining({ side: 'next', beside: 1 })]);
  });

  test.each(['square', 'hubspot2', 'hubspot3'] as const)('the URL could continue into the body: %s', (name) => {
    const request = signed(schemes[name], secret);
    expect(verifyWithSecrets(schemes[name], [secret], request)).toEqual(accepted());
    for (const more of [{ body: Buffer.from('a=1') }, { url: `${request.url}{"a":1` }])
      expect(verifyWithSecrets(schemes[name], [secret], { ...request, ...more })).toEqual(refused('message_ambiguous'));
  });

  test('the body could continue into the URL of Trello', () => {
    const scheme = presets.trello.scheme;
    const request = signed(scheme, secret);
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(accepted());
    const moved = { ...request, body: Buffer.from('{}https://h/') };
    expect(verifyWithSecrets(scheme, [secret], moved)).toEqual(refused('message_ambiguous'));
  });

  test('a field of Adyen other than the merchant reference has a colon', () => {
    const verdictOf = (fields: object) => {
      const item = {
        pspReference: 'p',
        ...fields,
        additionalData: { hmacSignature: Buffer.alloc(32).toString('base64') },
      };
      const text = JSON.stringify({ notificationItems: [{ NotificationRequestItem: item }] });
      return verifyWithSecrets(schemes.adyen, ['abcd'], aRequest({ body: Buffer.from(text) }));
    };
    expect(verdictOf({ merchantReference: 'order:17' })).toEqual(refused('signature_mismatch'));
    for (const fields of [{ pspReference: 'p:' }, { eventCode: 'A:B' }, { amount: { currency: 'E:R' } }])
      expect(verdictOf(fields)).toEqual(refused('message_ambiguous'));
  });

  test('a header of Contentful contains a further header', () => {
    const names = 'x-a,x-contentful-signed-headers,x-contentful-timestamp';
    const verdictOf = (text: string) =>
      verifyWithSecrets(
        schemes.contentful,
        [secret],
        withHeaders(aRequest(), {
          'x-a': text,
          'x-contentful-signed-headers': names,
          'x-contentful-timestamp': String(aRequest().now.getTime()),
          'x-contentful-signature': '00'.repeat(32),
        }),
      );
    expect(verdictOf('application/json; charset=utf-8')).toEqual(refused('signature_mismatch'));
    expect(verdictOf('1;x-contentful-signed-headers:x-a')).toEqual(refused('message_ambiguous'));
    expect(verdictOf('1\nbody')).toEqual(refused('message_ambiguous'));
  });

  test('the URL for Contentful has a second question mark', () => {
    const request = signed(schemes.contentful, secret);
    expect(verifyWithSecrets(schemes.contentful, [secret], { ...request, url: `${request.url}?b=2` })).toEqual(
      refused('message_incomplete'),
    );
  });

  test('a text has no UTF-8 form', () => {
    const scheme = hmac(header('x-signature'), { message: [value({ in: 'body', path: '/id' }), literal('.'), url] });
    const request = signed(scheme, secret, aRequest({ body: Buffer.from('{"id":"\ufffd"}') }));
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(accepted());
    const lone = { ...request, body: Buffer.from('{"id":"\\ud800"}') };
    expect(verifyWithSecrets(scheme, [secret], lone)).toEqual(refused('message_incomplete'));
  });
});

describe('the signed message', () => {
  const messageOf = (scheme: Extract<Scheme, { kind: 'adyen' | 'sns' | 'contentful' }>, request: Signable) => {
    const reading = readBySender(scheme, request);
    return typeof reading === 'string' ? undefined : reading.checks[0]?.messages(Buffer.alloc(0))[0]?.toString();
  };

  test('of Adyen can be split in one way only: no other eight fields give the same message', () => {
    const requestOf = ([psp, original, account, reference, amount, currency, code, success]: readonly string[]) => {
      const names = {
        pspReference: psp,
        originalReference: original,
        merchantAccountCode: account,
        merchantReference: reference,
      };
      const item = { ...names, amount: { value: amount, currency }, eventCode: code, success };
      const signature = { additionalData: { hmacSignature: Buffer.alloc(32).toString('base64') } };
      const items = [{ NotificationRequestItem: { ...item, ...signature } }];
      return aRequest({ body: Buffer.from(JSON.stringify({ notificationItems: items })) });
    };
    const tokens = fc.array(fc.constantFrom('', 'a', 'b', '1'), { minLength: 8, maxLength: 11 });
    const cutsOf = fc.uniqueArray(fc.nat(10), { minLength: 7, maxLength: 7 });
    const fieldsOf = (list: readonly string[], at: readonly number[]) => {
      const ends = [...at.map((one) => (one % (list.length - 1)) + 1)].sort((one, other) => one - other);
      return [0, ...ends].map((start, index) => list.slice(start, ends[index] ?? list.length).join(':'));
    };
    let ambiguous = 0;
    fc.assert(
      fc.property(tokens, cutsOf, cutsOf, (list, one, other) => {
        const [first, second] = [fieldsOf(list, one), fieldsOf(list, other)];
        const [message, same] = [first, second].map((fields) => messageOf(schemes.adyen, requestOf(fields)));
        const isOther = first.join() !== second.join();
        // Without the rule against colons, both would sign this text.
        ambiguous += isOther && first.join(':') === second.join(':') ? 1 : 0;
        expect(isOther && message !== undefined && message === same).toBe(false);
      }),
      runs,
    );
    expect(ambiguous).toBeGreaterThan(runs.numRuns / 50);
  });

  test('of SNS can be split in one way only: no line of its message can be another field', () => {
    const lines = texts(
      ['a', '\n', 'MessageId', 'Subject', 'Timestamp', 'Type', 'Notification', 'TopicArn', 'Token'],
      5,
    );
    const documents = fc.record(
      {
        Type: fc.oneof(fc.constantFrom('Notification', 'SubscriptionConfirmation'), lines),
        Message: lines,
        MessageId: lines,
        Timestamp: lines,
        TopicArn: lines,
        Subject: lines,
        SubscribeURL: lines,
        Token: lines,
      },
      { requiredKeys: ['Type', 'Message', 'MessageId', 'Timestamp', 'TopicArn'] },
    );
    const signedFields = ({ Type, ...more }: Record<string, string>) => {
      const { SubscribeURL, Token, Subject, ...rest } = more;
      return Type === 'Notification' ? { Type, Subject, ...rest } : { Type, SubscribeURL, Token, ...rest };
    };
    const sent = (document: object) =>
      aRequest({ body: Buffer.from(JSON.stringify({ ...document, SignatureVersion: '1', Signature: 'AAAA' })) });
    const seen = new Map<string, unknown>();
    fc.assert(
      fc.property(documents, (document) => {
        const message = messageOf(schemes.sns, sent(document));
        if (message === undefined) return;
        const fields = signedFields(document as Record<string, string>);
        expect(seen.get(message) ?? fields).toEqual(fields);
        seen.set(message, fields);
      }),
      runs,
    );
    expect(seen.size).toBeGreaterThan(runs.numRuns / 50);
  });
});

describe('a custom scheme with several parts', () => {
  const errorsOf = (message: MessagePart[], unit: 's' | 'rfc3339' = 's') =>
    checkScheme(hmac(header('x-signature'), { message, timestamp: { source: header('x-time'), unit } }))
      .filter(({ severity }) => severity === 'error')
      .map(({ message: text }) => text);
  const id = value(header('x-id'));

  test.each<[string, MessagePart[], string]>([
    ['a value next to the body', [id, body], 'separates value and body'],
    ['the body next to a value', [body, id], 'separates body and value'],
    ['two adjacent values', [id, value(header('x-b')), literal('.'), body], 'separates value and value'],
    ['a value next to a time in digits', [id, timestamp, body], 'separates value and timestamp'],
    [
      'a URL before a literal that the URL may contain',
      [url, literal('.'), timestamp, literal('.'), body],
      'such as a line break',
    ],
    ['a CRC next to a digit', [{ part: 'bodyCrc32' }, literal('1'), body], 'separates bodyCrc32 and literal'],
    ['the body twice', [body, literal('.'), body], 'contains the body twice'],
    ['a form with any fields', [{ part: 'sortedForm' }], 'In only, name the one field'],
  ])('is refused with advice if it has %s', (_, message, says) => {
    expect(errorsOf(message).join()).toContain(says);
  });

  test.each<[string, MessagePart[]]>([
    ['a dot between its parts', [id, literal('.'), timestamp, literal('.'), body]],
    ['a time directly before the body', [timestamp, body]],
    ['a line break after the URL', [{ part: 'method' }, url, literal('\n'), body]],
    ['one named field of a form', [url, { part: 'sortedForm', only: 'payload' }]],
    ['a separator of two characters', [body, literal('--'), literal('.'), id]],
  ])('is accepted with %s', (_, message) => {
    expect(errorsOf(message)).toEqual([]);
  });

  test('verifies nothing if it is ambiguous and an older release accepted it', () => {
    const scheme = schemeSchema.parse(hmac(header('x-signature'), { message: [id, body] })) as TemplateScheme;
    const request = withHeaders(aRequest(), { 'x-id': 'a', 'x-signature': '00'.repeat(32) });
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(refused('message_ambiguous'));
  });
});

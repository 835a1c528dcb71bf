import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { secretsOf } from '../../../../shared/deliveries/destination/destination-value.ts';
import { shownAnswer, strikeOut } from '../../../../shared/deliveries/destination/strike-out.ts';

const secret = 'p\u00e4ss "word"/1&<';
const inUrl = 'p%C3%A4ss%20%22word%22%2F1%26%3C';

describe('an answer', () => {
  test.each([
    ['as it is', `you sent ${secret} twice: ${secret}`, 'you sent REDACTED twice: REDACTED'],
    ['percent-encoded', `got ${inUrl}.`, 'got REDACTED.'],
    ['percent-encoded in lower case', `got ${inUrl.toLowerCase()}.`, 'got REDACTED.'],
    ['percent-encoded twice', `got ${encodeURIComponent(inUrl)}.`, 'got REDACTED.'],
    ['in a form', 'a=p%C3%A4ss+%22word%22%2F1%26%3C&b=1', 'a=REDACTED&b=1'],
    ['in JSON', '{"echo":"p\u00e4ss \\"word\\"/1&<"}', '{"echo":"REDACTED"}'],
    ['in JSON that escapes the slash', '{"echo":"p\u00e4ss \\"word\\"\\/1&<"}', '{"echo":"REDACTED"}'],
    [
      'in JSON that escapes for HTML',
      '{"echo":"p\\u00E4ss \\u0022word\\u0022/1\\u0026\\u003c"}',
      '{"echo":"REDACTED"}',
    ],
    [
      'in JSON in JSON',
      '{"echo":"{\\"a\\":\\"p\u00e4ss \\\\\\"word\\\\\\"/1\\\\u0026<\\"}"}',
      '{"echo":"{\\"a\\":\\"REDACTED\\"}"}',
    ],
    ['in HTML', '<p>p\u00e4ss &quot;word&QUOT;/1&amp;&lt;</p>', '<p>REDACTED</p>'],
    ['in HTML by number', '<p>p&#228;ss&#32;&#34;word&#034;/1&#38;&#60;</p>', '<p>REDACTED</p>'],
    ['in HTML by hexadecimal number', '<p>p&#xE4;ss &#x22;word&#X0022;&#x2f;1&#x26;&#x3C;</p>', '<p>REDACTED</p>'],
    ['in HTML with a name for each sign', '<p>p&#228;ss &quot;word&quot;&sol;1&amp;&lt;</p>', '<p>REDACTED</p>'],
    [
      'in hexadecimal',
      'got 70c3a4737320 22, 70c3a47373202277 6f7264222f31',
      'got 70c3a4737320 22, 70c3a47373202277 6f7264222f31',
    ],
    ['whole in hexadecimal', 'got 70c3a473732022776f7264222f31263c.', 'got REDACTED.'],
    ['in hexadecimal in capitals', 'got 70C3A473732022776F7264222F31263C.', 'got REDACTED.'],
    ['in base64', 'got cMOkc3MgIndvcmQiLzEmPA== here', 'got REDACTED here'],
    // `Bearer …`, `a…b` and `ab…`: the text before the secret has 7, 1 and 2 bytes.
    ['in base64 of a header', 'got QmVhcmVyIHDDpHNzICJ3b3JkIi8xJjw= here', 'got QmVhcmVyIREDACTED here'],
    ['in base64 of a longer text', 'got YXDDpHNzICJ3b3JkIi8xJjxi here', 'got YREDACTEDi here'],
    ['in base64 of another one', 'got YWJww6RzcyAid29yZCIvMSY8 here', 'got YWREDACTED here'],
    ['in base64 of JSON', 'got eyJhIjoicMOkc3MgXCJ3b3JkXCIvMSY8In0= here', 'got eyJhIjoiREDACTEDIn0= here'],
    ['not at all', 'got p\u00e4ss here, 100 % &amp; \\"more\\"', 'got p\u00e4ss here, 100 % &amp; \\"more\\"'],
    ['in part', 'got p\u00e4ss "word"/1& here', 'got p\u00e4ss "word"/1& here'],
    ['in part at its end', 'got p\u00e4ss "word"/1&', 'got p\u00e4ss "word"/1&'],
  ])('that has a secret %s is shown without it', (_, text, shown) => {
    expect(strikeOut(text, [secret])).toBe(shown);
  });

  test.each([
    ['in base64url', 'key-\u00ff\u00fe', 'got a2V5LcO_w74', 'got REDACTED'],
    [
      'in base64 whose signs are escaped',
      'key?>~?>~',
      'got a2V5Pz5+Pz5%2B, a2V5Pz5\\u002bPz5+',
      'got REDACTED, REDACTED',
    ],
    ['decoded', '/in/a%20%22key%22', 'got /in/a "key" and /in/a+%22key%22', 'got REDACTED and REDACTED'],
    [
      'with text that looks like an escape',
      'key%41&amp;b\\u0041',
      '"key%41&amp;b\\\\u0041" key%2541%26amp%3Bb%5Cu0041',
      '"REDACTED" REDACTED',
    ],
  ])('that has a secret %s is shown without it', (_, one, text, shown) => {
    expect(strikeOut(text, [one])).toBe(shown);
  });

  test('loses a secret of six characters, and nothing shorter', () => {
    expect(strikeOut('abcdef abcde', ['abcdef', 'abcde'])).toBe('REDACTED abcde');
  });

  test('keeps what is too short to be a secret', () => {
    expect(strikeOut('the path is /in', ['/in', 'path'])).toBe('the path is /in');
  });

  test('loses the longer one of two secrets, whichever comes first', () => {
    for (const secrets of [
      ['secret', 'secret-and-more'],
      ['secret-and-more', 'secret'],
    ])
      expect(strikeOut('a secret-and-more, a secret', secrets)).toBe('a REDACTED, a REDACTED');
  });

  const inHtml = (text: string) => text.replace(/[^a-z0-9]/gi, (one) => `&#${one.charCodeAt(0)};`);
  const inJson = (text: string) => JSON.stringify(text);
  const encodings: Record<string, (text: string) => string> = {
    plain: (text) => text,
    url: encodeURIComponent,
    form: (text) => new URLSearchParams([['a', text]]).toString(),
    json: inJson,
    'escaped json': (text) => inJson(text).replace(/[&<>/']/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
    html: inHtml,
  };
  const outer: typeof encodings = {
    ...encodings,
    hex: (text) => Buffer.from(text).toString('hex').toUpperCase(),
    base64: (text) => Buffer.from(text).toString('base64'),
    base64url: (text) => Buffer.from(`Bearer ${text}`).toString('base64url'),
  };

  test('has no secret in it, wherever it was, and in whatever two encodings', () => {
    const secrets = fc
      .string({ minLength: 8, maxLength: 40, size: 'max' })
      .filter((text) => !'REDACTED'.includes(text.slice(0, 6)));
    const names = fc.constantFrom(...Object.keys(outer));
    fc.assert(
      fc.property(
        secrets,
        fc.string(),
        fc.string(),
        names,
        fc.constantFrom(...Object.keys(encodings)),
        (one, before, after, first, second) => {
          const echoed = encodings[second]?.(outer[first]?.(one) ?? '') ?? '';
          const shown = strikeOut(`${before} ${echoed} ${after}`, [one]);
          expect(shown).toContain('REDACTED');
          expect(shown.includes(echoed)).toBe(false);
        },
      ),
    );
  });
});

describe('the beginning of an answer', () => {
  const answer = (text: string, isWhole: boolean) => ({ body: Buffer.from(text), isWhole });

  test('is cut after secrets are struck out', () => {
    expect(shownAnswer(answer('got a-secret-key, and more', true), ['a-secret-key'], 14)).toBe('got REDACTED, ');
  });

  test('of one that is not whole loses the same number of characters, whatever the secret', () => {
    const text = `${'x'.repeat(10)}${'y'.repeat(12_288)}`;
    for (const secrets of [[], ['a-secret'], ['z'.repeat(2_048)]])
      expect(shownAnswer(answer(text, false), secrets, 4_096)).toBe('x'.repeat(10));
    expect(shownAnswer(answer('y'.repeat(12_288), false), [], 4_096)).toBe('');
    expect(shownAnswer(answer('cut', false), [], 4_096)).toBe('');
  });

  test('that is not whole has nothing of a secret that it cuts, in the longest form of the longest one', () => {
    const url = `/${'&'.repeat(2_047)}`;
    const longest = url.replace(/./g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`);
    const token = 't'.repeat(6_144);
    for (const [one, form] of [
      [url, longest],
      [token, Buffer.from(token).toString('hex')],
    ] as const) {
      expect(form.length).toBeLessThanOrEqual(12_288);
      expect(shownAnswer(answer(`no ${form.slice(0, -1)}`, false), [one], 16_384)).toBe(
        'no '.slice(0, 3 + form.length - 1 - 12_288),
      );
    }
  });
});

test('the secrets of a destination are all that only admins may see', () => {
  const value = {
    url: 'https://shop.example.com/services/T0000000/0123456789abcdefghij?key=a%20key&b=2',
    headers: { 'x-key': 'header-value' },
    auth: { kind: 'basic', username: 'ada', password: 'a password' },
    signingSecret: 'whsec_1',
    previousSigningSecret: 'whsec_2',
  } as const;
  expect(secretsOf(value).sort()).toEqual(
    [
      '/services/T0000000/0123456789abcdefghij?key=a%20key&b=2',
      '/services/T0000000/0123456789abcdefghij',
      '0123456789abcdefghij',
      'a key',
      '2',
      'header-value',
      'a password',
      'YWRhOmEgcGFzc3dvcmQ=',
      'whsec_1',
      'whsec_2',
    ].sort(),
  );
  const oauth = { tokenUrl: 'https://id.example.com/token', clientId: 'c d', clientSecret: 's&t' } as const;
  const proofs = [
    { kind: 'none' },
    { kind: 'bearer', token: 't' },
    { kind: 'header', name: 'x', value: 'v' },
    { kind: 'oauth2', ...oauth, clientAuthentication: 'basic' },
  ] as const;
  const { previousSigningSecret: _, ...rest } = value;
  const plain = { ...rest, url: 'https://shop.example.com/', headers: {} };
  expect(proofs.map((auth) => secretsOf({ ...plain, auth }))).toEqual([
    ['/', '/', 'whsec_1'],
    ['/', '/', 't', 'whsec_1'],
    ['/', '/', 'v', 'whsec_1'],
    // As they are, in a form, and as Basic: `c+d:s%26t`.
    ['/', '/', 's&t', 's%26t', 'YytkOnMlMjZ0', 'whsec_1'],
  ]);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact, redactTokens, userAgentOf } from '../../../../shared/endpoints/credential/redaction.ts';
import {
  credentialsIn,
  type Placement,
  placementName,
  type RequestHead,
} from '../../../../shared/endpoints/credential/token-placement.ts';
import { count } from '../../../support/full-counts.ts';
import { carrying, issued, placements, values } from './given-token-placement.ts';

const runs = { numRuns: count({ usual: 100, full: 300 }) };

/** Everything that redact returns, as text and decoded. */
function shown(accept: Placement[], carrier: RequestHead): string {
  const { headers, query, path } = redact(accept, carrier);
  const decoded = [...new URLSearchParams(`&${query}`)].flat();
  return [...Object.entries(headers).flat(), query, ...decoded, path].join('\n');
}

describe('redaction', () => {
  test('removes every value at an accepted placement', () => {
    const carried = fc.oneof(values, issued).filter((value) => value.trim() === value && !value.includes('/'));
    fc.assert(
      fc.property(
        fc.array(placements, { minLength: 1, maxLength: 4 }),
        carried,
        fc.string(),
        (accept, value, noise) => {
          fc.pre(!noise.includes(value));
          for (const placement of accept) {
            const carrier = carrying(placement, value, noise);
            const found = { in: placement.in, place: placementName(placement), value };
            expect(credentialsIn([placement], carrier)).toEqual([found]);
            expect(shown(accept, carrier)).toContain('REDACTED');
            expect(shown(accept, carrier)).not.toContain(value);
          }
        },
      ),
      runs,
    );
  });

  test('removes every generated token from any place', () => {
    const around = fc.string({ unit: fc.constantFrom('a', '_', '-', '/', '&', '=', '?', '%', ' ', 'h') });
    const where = fc.constantFrom('header', 'query', 'encoded', 'name', 'path');
    fc.assert(
      fc.property(fc.array(placements, { maxLength: 3 }), issued, around, around, where, (accept, token, a, b, at) => {
        const text = `${a}${token}${b}`;
        const queries = new Map([
          ['query', `q=1&r=${text}`],
          ['encoded', `r=${encodeURIComponent(text)}`],
          ['name', `${text}=1&q=2`],
        ]);
        const carrier: RequestHead = {
          headers: at === 'header' ? { 'x-other': text } : {},
          rawQueryString: queries.get(at) ?? '',
          rest: at === 'path' ? text : undefined,
        };
        expect(shown(accept, carrier)).toContain('REDACTED');
        expect(shown(accept, carrier)).not.toContain(token);
      }),
      runs,
    );
  });

  test('leaves everything else unchanged', () => {
    const headers = { 'x-signature': 't=1,v1=abc', 'content-type': 'text/plain' };
    const carrier = { headers, rawQueryString: 'a=%20+b&a=2&&c', rest: 'one/two' };
    expect(redact([{ in: 'query', name: 'token' }], carrier)).toEqual({
      headers,
      query: 'a=%20+b&a=2&&c',
      path: 'one/two',
    });
  });

  test.each(['authorization', 'proxy-authorization', 'cookie', 'hooklatch-test', 'x-origin-verify'])(
    'redacts the header %s even if no token is accepted there',
    (name) => {
      const carrier = { headers: { [name]: 'a=1', 'x-other': 'a=1' }, rawQueryString: '', rest: undefined };
      expect(redact([], carrier).headers).toEqual({ [name]: 'REDACTED', 'x-other': 'a=1' });
    },
  );

  test('leaves an empty path and an absent header empty', () => {
    const carrier = { headers: { 'x-other': undefined }, rawQueryString: '', rest: undefined };
    expect(redact([{ in: 'path' }], carrier)).toEqual({ headers: { 'x-other': '' }, query: '', path: '' });
  });

  test.each([
    ['s3', 'REDACTED'],
    ['x/s3', 'x/REDACTED'],
    ['x/y/s3', 'x/y/REDACTED'],
  ])('redacts the last segment of the path %s if it may be a token', (rest, path) => {
    expect(redact([{ in: 'path' }], { headers: {}, rawQueryString: '', rest }).path).toBe(path);
  });

  test('leaves a header with the name of an accepted parameter, and a parameter with that of a header', () => {
    const carrier = { headers: { token: 'a' }, rawQueryString: 'x-key=a', rest: undefined };
    const accept: Placement[] = [
      { in: 'query', name: 'token' },
      { in: 'header', name: 'x-key' },
    ];
    expect(redact(accept, carrier)).toEqual({ headers: { token: 'a' }, query: 'x-key=a', path: '' });
  });

  test('redacts an accepted query name without a value', () => {
    const carrier = { headers: {}, rawQueryString: 'token&a', rest: undefined };
    expect(redact([{ in: 'query', name: 'token' }], carrier).query).toBe('token=REDACTED&a');
  });

  test('redacts an accepted query name in any encoding', () => {
    const carrier = { headers: { cookie: 'a=1' }, rawQueryString: 'token=s1&%74oken=s2&to%6ben&a=1', rest: 'x/s3' };
    expect(redact([{ in: 'query', name: 'token' }, { in: 'path' }], carrier)).toEqual({
      headers: { cookie: 'REDACTED' },
      query: 'token=REDACTED&%74oken=REDACTED&to%6ben=REDACTED&a=1',
      path: 'x/REDACTED',
    });
  });
});

/** A text with some characters percent-encoded, in upper or lower case, several times over. */
const encoded = (text: string, choices: readonly number[]): string =>
  [...text]
    .map((character, at) => {
      const choice = choices[at % choices.length] ?? 0;
      const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
      const digits = choice % 2 === 0 ? hex.toUpperCase() : hex;
      // A percent sign must be encoded as often as the rest.
      if (choice < 2) return character === '%' ? '%25' : character;
      return choice < 5 ? `%${digits}` : character === '%' ? '%2525' : character;
    })
    .join('');

/** All texts that a reader gets by decoding a text repeatedly. */
function readings(text: string): string[] {
  const once = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return once === text ? [text] : [text, ...readings(once)];
}

const choices = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, size: 'max', maxLength: 60 });
const elsewhere = fc.constantFrom('referer', 'x-original-url', 'query', 'query name', 'path');

/** A request that presents a value in this header, and contains this text elsewhere. */
function withElsewhere(value: string, text: string, where: string): RequestHead {
  const url = `https://shop.example/hook?a=1&token=${text}&b=2`;
  const query = { query: `a=1&r=${text}&b=2`, 'query name': `${text}=1` }[where] ?? '';
  return {
    headers: { 'x-key': value, ...(/^(referer|x-)/.test(where) ? { [where]: url } : {}) },
    rawQueryString: query,
    rest: where === 'path' ? `a/${text}/b` : undefined,
  };
}

describe('a presented token that also occurs elsewhere', () => {
  const accept: Placement[] = [{ in: 'header', name: 'x-key' }];
  const presented = fc.oneof(values, issued).filter((value) => !value.includes('REDACTED'));

  test('is redacted in any percent-encoding', () => {
    fc.assert(
      fc.property(presented, choices, elsewhere, fc.integer({ min: 0, max: 2 }), (value, how, where, again) => {
        let text = encoded(value, how);
        for (let time = 0; time < again; time += 1) text = encodeURIComponent(text);
        const { headers, query, path } = redact(accept, withElsewhere(value, text, where));
        const all = [headers['x-key'], headers['referer'], headers['x-original-url'], query, path].map(String);
        expect(all[0]).toBe('REDACTED');
        expect(all.slice(1).join()).toContain('REDACTED');
        expect(all.flatMap(readings).join('\n')).not.toContain(value);
      }),
      runs,
    );
  });

  test.each<[string, string, string]>([
    [
      'as it is',
      'https://shop.example/?token=a+secret%C3%A9&b=%20',
      'https://shop.example/?token=a+secret%C3%A9&b=%20',
    ],
    ['partly encoded', 'u?token=dictated%2Dby-shop&b=%20', 'u?token=REDACTED&b=%20'],
    ['wholly encoded in lower case', 'u?t=%64%69%63%74%61%74%65%64%2d%62%79%2d%73%68%6f%70!', 'u?t=REDACTED!'],
    ['encoded twice', 'u?next=%2Fv%3Ft%3Ddictated%252Dby%252dshop%26b', 'u?next=%2Fv%3Ft%3DREDACTED%26b'],
    ['twice, once encoded', 'dictated-by-shop, dictated%2Dby-shop', 'REDACTED, REDACTED'],
  ])('leaves the rest of the text unchanged (%s)', (_, referer, shown) => {
    const carrier = { headers: { 'x-key': 'dictated-by-shop', referer }, rawQueryString: '', rest: undefined };
    expect(redact(accept, carrier).headers['referer']).toBe(shown);
  });

  test('is redacted in the query if it was presented in the body', () => {
    const inBody = [{ in: 'body' as const, place: 'body /passcode', value: 'dictated by shop' }];
    const carrier = { headers: {}, rawQueryString: 'a=dictated+by%20shop', rest: undefined };
    expect(redact([], carrier, inBody).query).toBe('a=REDACTED');
  });

  test('is kept if it is shorter than every token, because it matches by chance', () => {
    const carrier = { headers: { 'x-key': 'e', referer: 'here' }, rawQueryString: '', rest: undefined };
    expect(redact(accept, carrier).headers).toEqual({ 'x-key': 'REDACTED', referer: 'here' });
  });
});

test('a generated token in a header is redacted in any percent-encoding', () => {
  fc.assert(
    fc.property(issued, choices, (token, how) => {
      const carrier = {
        headers: { referer: `https://a/?token=${encoded(token, how)}` },
        rawQueryString: '',
        rest: undefined,
      };
      expect(redact([], carrier).headers['referer']).toBe('https://a/?token=REDACTED');
    }),
    runs,
  );
});

test.each(['hle', 'hlo', 'hls'])('every text in the form of a generated %s token is redacted', (kind) => {
  expect(redactTokens(`a ${kind}_${'0'.repeat(49)}, b`)).toBe('a REDACTED, b');
});

describe('the values that a request presents', () => {
  test.each([
    ['in another order than they were found', 'alpha value 1 and beta value 12', 'REDACTED and REDACTED'],
    ['beside a token that has its own form', `hle_${'0'.repeat(49)} alpha value 1`, 'REDACTED REDACTED'],
    ['more than once', 'beta value 12 beta value 12', 'REDACTED REDACTED'],
    ['encoded five times', 'x=alpha%2525252520value%25252525201', 'x=REDACTED'],
    ['in no text', 'nothing', 'nothing'],
    ['side by side', 'beta value 12alpha value 1', 'REDACTEDREDACTED'],
    ['encoded side by side', 'x=beta+value%2012alpha%20value+1.', 'x=REDACTEDREDACTED.'],
  ])('are redacted: %s', (_, text, shown) => {
    expect(redactTokens(text, ['beta value 12', 'alpha value 1'])).toBe(shown);
  });

  test.each([
    ['overlap', ['alpha value 1', 'value 1 beta'], 'an alpha value 1 beta.', 'an REDACTED.'],
    ['overlap with themselves', ['0'.repeat(12)], 'an 0000000000000.', 'an REDACTED.'],
    ['contain each other', ['alpha value 1 of 2', 'pha value 1'], 'an alpha value 1 of 2.', 'an REDACTED.'],
  ])('are redacted as a whole if they %s', (_, secrets, text, shown) => {
    expect(redactTokens(text, secrets)).toBe(shown);
    expect(redactTokens(text, secrets.toReversed())).toBe(shown);
  });

  // A shorter one would match by chance.
  test('are redacted from twelve characters on', () => {
    const agentAfter = (value: string) => {
      const headers = { 'x-key': value, 'user-agent': `shop ${value}` };
      return userAgentOf([{ in: 'header', name: 'x-key' }], { headers, rawQueryString: '', rest: undefined });
    };
    expect(agentAfter('twelve chars')).toBe('shop REDACTED');
    expect(agentAfter('eleven char')).toBe('shop eleven char');
  });
});

describe('the user agent', () => {
  const agentOf = (headers: Record<string, string>, ...accept: Placement[]) =>
    userAgentOf(accept, { headers, rawQueryString: '', rest: undefined });

  test('is shown as it is, without generated tokens', () => {
    expect(agentOf({ 'user-agent': `shop/1 hle_${'0'.repeat(49)}` })).toBe('shop/1 REDACTED');
    expect(agentOf({ 'user-agent': 'shop/1' }, { in: 'query', name: 'user-agent' })).toBe('shop/1');
  });

  test('is not shown if there is none, or if the header may carry a token', () => {
    expect(agentOf({})).toBeUndefined();
    expect(
      agentOf({ 'user-agent': 'a token in the wrong place' }, { in: 'header', name: 'user-agent' }),
    ).toBeUndefined();
  });
});

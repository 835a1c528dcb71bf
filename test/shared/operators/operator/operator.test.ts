import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generateToken, tokenDigest } from '../../../../shared/endpoints/credential/token.ts';
import {
  type Identity,
  identifier,
  identitySchema,
  operatorTokenIn,
} from '../../../../shared/operators/operator/operator.ts';
import type { Roster } from '../../../../shared/operators/operator/roster.ts';
import { filled } from '../../../support/filled.ts';

const theBootstrap = 'b'.repeat(64);
const admin = generateToken('hlo', new Uint8Array(32).fill(1));
const adminIdentity = { id: 'op_1', name: 'ada', role: 'connection_admin' };
const bootstrapIdentity = { id: 'bootstrap', name: 'bootstrap', role: 'connection_admin' };

const noOperators: Roster = { version: 0, operators: [] };
const withAdmin: Roster = {
  version: 1,
  operators: [
    {
      id: 'op_1',
      name: 'ada',
      role: 'connection_admin',
      digest: tokenDigest(admin).toString('hex'),
      createdAt: '2026-01-01T00:00:00.000Z',
      createdBy: 'bootstrap',
    },
  ],
};
/** The roster after the admin's first request. */
const closed: Roster = { ...withAdmin, version: 2, bootstrapClosedAt: '2026-02-01T00:00:00.000Z' };

/** The roster whose admin is changed like this. */
const changed = (change: object): Roster => ({
  ...withAdmin,
  operators: withAdmin.operators.map((each) => ({ ...each, ...change })),
});

/** An invented token in the form of the bootstrap token. */
const letters = (number: number) => String(number).padStart(64, 'x');
/** An invented token in the form of an operator token, with a valid checksum. */
const madeUp = (number: number) => generateToken('hlo', new Uint8Array(32).fill(100 + number));

let roster: Roster;
let secret: string;
let now: number;
let reads: { roster: number; secret: number };
let closings: string[][];
let identify: (token: string) => Promise<Identity | undefined>;

beforeEach(() => {
  roster = noOperators;
  secret = theBootstrap;
  now = Date.parse('2026-03-01T12:00:00Z');
  reads = { roster: 0, secret: 0 };
  closings = [];
  const byRequest = identifier({
    readRoster: async () => {
      reads.roster += 1;
      return roster;
    },
    readBootstrap: async () => {
      reads.secret += 1;
      return secret;
    },
    closeBootstrap: async (...closing) => {
      closings.push(closing);
    },
    now: () => new Date(now),
  });
  identify = (token) => byRequest(token, 'request-1');
});

async function refused(tokens: string[], everyMs = 0): Promise<void> {
  for (const token of filled(tokens)) {
    expect(await identify(token)).toBeUndefined();
    now += everyMs;
  }
}
const thirty = Array.from({ length: 30 }, (_, number) => number);

describe('a malformed token', () => {
  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another scheme', `Basic ${admin}`],
    ['no scheme', admin],
    ['a scheme that only ends like the right one', `XBearer ${admin}`],
    ['a checksum that does not fit', `Bearer ${admin.slice(0, -1)}${admin.endsWith('0') ? '1' : '0'}`],
    ['a character too few', `Bearer ${admin.slice(0, -1)}`],
    ['a token of an endpoint', `Bearer ${generateToken('hle')}`],
    ['63 letters', `Bearer ${'b'.repeat(63)}`],
    ['65 letters', `Bearer ${'b'.repeat(65)}`],
    ['64 characters that are not all letters and digits', `Bearer ${'b'.repeat(63)}_`],
    ['two tokens', `Bearer ${admin} ${admin}`],
  ])('is rejected: %s', (_, header) => {
    expect(operatorTokenIn(header)).toBeUndefined();
  });

  test('is rejected for any text', () => {
    fc.assert(
      fc.property(fc.string({ size: 'max', maxLength: 80 }), (text) => {
        fc.pre(!/^[0-9A-Za-z]{64}$/.test(text.trim()));
        expect(operatorTokenIn(`Bearer ${text}`)).toBeUndefined();
      }),
    );
  });
});

test('a well-formed token is read from the header', () => {
  expect(operatorTokenIn(`Bearer ${admin}`)).toBe(admin);
  expect(operatorTokenIn(`bearer  ${theBootstrap} `)).toBe(theBootstrap);
});

describe('invented tokens in the form of the bootstrap token', () => {
  test('cost one read of the secret and one of the roster if many come at the same time', async () => {
    await refused(thirty.map(letters));
    expect(reads).toEqual({ roster: 1, secret: 1 });
  });

  test('cost one read of the secret in ten seconds, even if spread evenly', async () => {
    await refused(thirty.map(letters), 330);
    expect(reads.secret).toBe(1);
    now += 101;
    await refused([letters(31)]);
    expect(reads.secret).toBe(2);
  });

  test('cost no read of the secret once the bootstrap token is closed', async () => {
    roster = closed;
    await refused(thirty.map(letters), 1_000);
    expect(reads.secret).toBe(0);
  });
});

test('invented operator tokens cost ten reads of the roster per second, and none of the secret', async () => {
  roster = withAdmin;
  await refused(
    Array.from({ length: 100 }, (_, number) => madeUp(number)),
    10,
  );
  expect(reads).toEqual({ roster: 10, secret: 0 });
});

describe('the bootstrap token', () => {
  test('is accepted until an admin without an expiry has used the own token', async () => {
    expect(await identify(theBootstrap)).toEqual(bootstrapIdentity);
    roster = withAdmin;
    expect(await identify(theBootstrap)).toEqual(bootstrapIdentity);
    roster = closed;
    expect(await identify(theBootstrap)).toBeUndefined();
  });

  test('is closed before the first request of an admin without an expiry is answered, in the name of that admin', async () => {
    roster = withAdmin;
    expect(await identify(admin)).toEqual(adminIdentity);
    expect(closings).toEqual([['op_1', 'request-1']]);
    roster = closed;
    expect(await identify(admin)).toEqual(adminIdentity);
    expect(closings).toHaveLength(1);
  });

  test.each([
    ['itself', noOperators, theBootstrap],
    ['an unknown token', withAdmin, madeUp(1)],
    ['an admin with an expiry', changed({ expiresAt: '2027-01-01T00:00:00.000Z' }), admin],
    ['a flow_designer without an expiry', changed({ role: 'flow_designer' }), admin],
  ])('is not closed by a request of %s', async (_, current, token) => {
    roster = current;
    await identify(token);
    expect(reads.roster).toBe(1);
    expect(closings).toEqual([]);
  });

  test('lets the request fail if it could not be closed', async () => {
    const failing = identifier({
      readRoster: async () => withAdmin,
      readBootstrap: async () => theBootstrap,
      closeBootstrap: async () => {
        throw new Error('the table is away');
      },
      now: () => new Date(now),
    });
    await expect(failing(admin, 'request-1')).rejects.toThrow('the table is away');
  });

  test('is refused from the next request on, although its digest is still cached', async () => {
    expect(await identify(theBootstrap)).toEqual(bootstrapIdentity);
    roster = closed;
    expect(await identify(theBootstrap)).toBeUndefined();
  });

  test('is accepted at once between invented tokens', async () => {
    await refused(thirty.map(letters));
    expect(await identify(theBootstrap)).toEqual(bootstrapIdentity);
  });

  test('is accepted ten seconds after it was changed by hand, and the previous token is refused', async () => {
    expect(await identify(theBootstrap)).toEqual(bootstrapIdentity);
    secret = 'c'.repeat(64);
    now += 10_001;
    expect(await identify(theBootstrap)).toBeUndefined();
    expect(await identify(secret)).toEqual(bootstrapIdentity);
  });

  test('is read again for the next request if the first read failed', async () => {
    let fails = true;
    const failing = identifier({
      readRoster: async () => noOperators,
      readBootstrap: async () => {
        if (fails) throw new Error('away');
        return theBootstrap;
      },
      closeBootstrap: async () => {},
      now: () => new Date(now),
    });
    await expect(failing(theBootstrap, 'request-1')).rejects.toThrow('away');
    fails = false;
    expect(await failing(theBootstrap, 'request-2')).toEqual(bootstrapIdentity);
  });
});

describe('an operator', () => {
  test('is identified by the token, also between invented tokens', async () => {
    roster = withAdmin;
    await refused([madeUp(1), madeUp(2)]);
    expect(await identify(admin)).toEqual(adminIdentity);
  });

  test('is identified from the next request after the addition, and refused after the removal', async () => {
    expect(await identify(theBootstrap)).toEqual(bootstrapIdentity);
    roster = withAdmin;
    expect(await identify(admin)).toEqual(adminIdentity);
    roster = noOperators;
    expect(await identify(admin)).toBeUndefined();
  });

  test('who is added while invented tokens come is identified a tenth of a second later', async () => {
    await refused([madeUp(1)]);
    roster = withAdmin;
    now += 100;
    expect(await identify(admin)).toEqual(adminIdentity);
  });

  test('is refused from the expiry on', async () => {
    const expiresAt = new Date(now + 1_000).toISOString();
    roster = { ...withAdmin, operators: withAdmin.operators.map((each) => ({ ...each, expiresAt })) };
    now += 999;
    expect(await identify(admin)).toEqual({ ...adminIdentity, expiresAt });
    now += 1;
    expect(await identify(admin)).toBeUndefined();
  });
});

describe('a roster that changes while unknown tokens come', () => {
  const presented = {
    admin,
    bootstrap: theBootstrap,
    'a made-up operator token': madeUp(1),
    'made-up letters': letters(1),
  };
  const step = fc.oneof(
    fc.record({ roster: fc.constantFrom(noOperators, withAdmin, closed) }),
    fc.record({ token: fc.constantFrom(...(Object.keys(presented) as (keyof typeof presented)[])) }),
    fc.record({ wait: fc.constantFrom(1, 50, 99, 100, 10_000) }),
  );

  /** Who is identified by a roster, without any cache. */
  const rightful = (name: keyof typeof presented, current: Roster) => {
    if (name === 'admin' && current !== noOperators) return adminIdentity;
    return name === 'bootstrap' && current !== closed ? bootstrapIdentity : undefined;
  };

  test('never lets anybody in whom it does not name now, and lets in whom it has named for a tenth of a second', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), async (steps) => {
        let current = noOperators;
        let time = now;
        let changedAt = 0;
        const one = identifier({
          readRoster: async () => current,
          readBootstrap: async () => theBootstrap,
          closeBootstrap: async () => {},
          now: () => new Date(time),
        });
        const found: unknown[] = [];
        const expected: unknown[] = [];
        for (const each of steps) {
          if ('wait' in each) time += each.wait;
          else if ('roster' in each) {
            current = each.roster;
            changedAt = time;
          } else {
            const identity = await one(presented[each.token], 'request-1');
            // Whom the roster has named for less than a tenth of a second may have to wait.
            const waits = identity === undefined && time - changedAt < 100;
            found.push([each.token, identity]);
            expected.push([each.token, waits ? undefined : rightful(each.token, current)]);
          }
        }
        expect(found).toEqual(expected);
      }),
    );
  });
});

test('an identity has exactly these fields, and one of the two roles', () => {
  const identity = { ...adminIdentity, expiresAt: '2027-01-01T00:00:00.000Z' };
  expect(identitySchema.parse({ ...identity, digest: 'd1' })).toEqual(identity);
  expect(identitySchema.safeParse({ ...identity, role: 'guest' }).success).toBe(false);
});

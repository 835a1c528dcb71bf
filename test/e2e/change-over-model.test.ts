import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Auth } from '../../shared/endpoints/settings/auth.ts';
import { aSharedRuntime, ok, type World } from '../support/given.ts';
import { aProvedEndpoint, type Carried, keptOf, reveal, send, type Value, viewOf } from './given-proofs.ts';

let world: World;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
});
afterAll(() => world.end());

/**
 * A way to authenticate a delivery in the model: a token in one of two placements, a signature by one of two schemes.
 */
interface Way {
  place?: 'a' | 'b';
  scheme?: 'github' | 'github-sha1';
}

const place = fc.constantFrom('a' as const, 'b' as const);
const scheme = fc.constantFrom('github' as const, 'github-sha1' as const);
const way: fc.Arbitrary<Way> = fc.oneof(fc.record({ place }), fc.record({ scheme }), fc.record({ place, scheme }));

function authOf({ place, scheme }: Way): Auth {
  const accept = [{ in: 'query' as const, name: place ?? '' }];
  if (!scheme) return { kind: 'token', accept };
  return place ? { kind: 'both', accept, scheme } : { kind: 'signature', scheme };
}

/** A delivery's content for each placement and scheme: a version's value, or nothing. */
const carried = fc.constantFrom('nothing', 'old', 'new', 'wrong');
const delivery = fc.record({ a: carried, b: carried, github: carried, 'github-sha1': carried });
type Delivery = Record<'a' | 'b' | 'github' | 'github-sha1', string>;

/** The token and the secret of a value, if the way uses them. */
interface Halves {
  token?: string | undefined;
  secret?: string | undefined;
}

const halvesOf = ({ place, scheme }: Way, { token, signingSecret }: Value): Halves => ({
  token: place && token,
  secret: scheme && (place ? signingSecret : token),
});

/** The rule: everything that the way requires is there and belongs to the same version. Anything else is ignored. */
function holds(way: Way, own: Halves, at: (where: keyof Delivery) => string | undefined): boolean {
  const hasToken = way.place === undefined || at(way.place) === own.token;
  const hasSignature = way.scheme === undefined || at(way.scheme) === own.secret;
  return hasToken && hasSignature;
}

test('a delivery is accepted if it satisfies the current auth, or the previous auth during its grace, and else refused', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(way, way).filter(([one, other]) => JSON.stringify(one) !== JSON.stringify(other)),
      fc.record({ isAdopted: fc.boolean(), hasGrace: fc.boolean() }),
      fc.array(delivery, { minLength: 8, maxLength: 8 }),
      async ([before, after], { isAdopted, hasGrace }, deliveries) => {
        const [from, to] = [authOf(before), authOf(after)];
        const given = await aProvedEndpoint(world, from);
        const second = to.kind === 'both' ? { signingSecret: 'the adopted secret' } : {};
        const values = isAdopted ? { value: 'the adopted value', ...second } : {};
        await ok(world, 'PUT', `${given.path}/endpoint`, { auth: to, values });
        const old = halvesOf(before, given.value);
        const now = halvesOf(after, await reveal(world, given.path));
        const [current, previous] = (await viewOf(world, given.path)).endpoint?.tokens ?? [];
        if (!hasGrace) await ok(world, 'DELETE', `${given.path}/endpoint/token/previous`);
        for (const each of [...deliveries, ...whole(before, 'old'), ...whole(after, 'new')]) {
          const at = (where: keyof Delivery): string | undefined => {
            const half = where === 'a' || where === 'b' ? 'token' : 'secret';
            return { old: old[half], new: now[half], wrong: 'neither of them', nothing: undefined }[each[where]];
          };
          const expected = holds(after, now, at)
            ? { verifiedBy: to.kind, tokenId: current?.id }
            : hasGrace && holds(before, old, at)
              ? { verifiedBy: from.kind, tokenId: previous?.id }
              : 403;
          const answer = await send(given.url, carriedBy(at));
          const found = answer.status === 202 ? await keptOf(world, given.path, answer) : answer.status;
          expect(found).toEqual(expected === 403 ? 403 : expect.objectContaining(expected));
        }
      },
    ),
    { numRuns: 40 },
  );
});

const nothing: Delivery = { a: 'nothing', b: 'nothing', github: 'nothing', 'github-sha1': 'nothing' };

/** A delivery with everything that a way requires, which random choice would seldom produce. */
const whole = ({ place, scheme }: Way, whose: string): Delivery[] => [
  { ...nothing, ...(place && { [place]: whose }), ...(scheme && { [scheme]: whose }) },
];

function carriedBy(at: (where: keyof Delivery) => string | undefined): Carried {
  const tokens = (['a', 'b'] as const).flatMap((name) => {
    const token = at(name);
    return token === undefined ? [] : [{ at: { in: 'query' as const, name }, token }];
  });
  const signatures = (['github', 'github-sha1'] as const).flatMap((name) => {
    const secret = at(name);
    return secret === undefined ? [] : [{ scheme: name, secret }];
  });
  return { tokens, signatures };
}

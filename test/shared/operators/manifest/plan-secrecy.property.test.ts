/** No text that could be a secret stands in a plan, whatever a file and an operator wrote before. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planDocument, planLines, planSummary, riskText } from '../../../../clients/cli/output/plan-text.ts';
import { count } from '../../../support/full-counts.ts';
import { aDeploymentWithFiles, secrets } from './given-file.ts';

/** A text that stands nowhere else. */
const secret = fc.stringMatching(/^s3cr3t[a-z0-9]{6,24}$/);

const reference = fc.constantFrom('env:ONE', 'env:TWO');
/** A header or a path that is written out, or a reference. A secret can look like the beginning of a reference, or have one in it. */
const text = fc.oneof(
  secret,
  reference,
  secret.map((hidden) => `env: ${hidden}`),
  secret.map((hidden) => `Bearer ${hidden}`),
);
const url = fc.oneof(
  secret.map((hidden) => `https://erp.example.com/${hidden}`),
  secret.map((hidden) => `https://erp.example.com/in?key=${hidden}`),
  secret.map((hidden) => `https://other.example.com/${hidden}?${hidden}`),
  fc.constant('https://erp.example.com'),
  fc.constant('env:URL'),
);
const auth = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.record({ kind: fc.constant('bearer'), token: reference }),
  fc.record({ kind: fc.constant('basic'), username: secret, password: reference }),
  fc.record({ kind: fc.constant('header'), name: fc.constantFrom('x-auth', 'x-other'), value: reference }),
  fc.record({
    ...{ kind: fc.constant('oauth2'), clientId: fc.constantFrom('shop', 'books'), clientSecret: reference },
    tokenUrl: secret.map((hidden) => `https://login.example.com/${hidden}`),
  }),
);
const headers = fc.dictionary(fc.constantFrom('x-team', 'X-Key', 'x-build'), text, { maxKeys: 3 });
const destination = fc.record(
  { url, headers, auth, timeoutSeconds: fc.constantFrom(5, 10), signingSecret: fc.constantFrom('generate', 'keep') },
  { requiredKeys: ['url'] },
);
/** By hand, a credential is written out. */
const byHand = fc.record(
  {
    ...{ url: url.filter((each) => each !== 'env:URL'), headers },
    auth: secret.map((token) => ({ kind: 'bearer', token })),
  },
  { requiredKeys: [] },
);
const connection = fc.record({
  provider: fc.constant('github'),
  token: reference,
  status: fc.constantFrom('active', 'inactive'),
});
const file = fc.record({
  name: fc.constant('shop'),
  connections: fc.record({ code: connection }, { requiredKeys: [] }),
  destinations: fc.record({ erp: destination, archive: destination }, { requiredKeys: [] }),
});

/** All that could be one. */
const hiddenIn = (...said: object[]): string[] => [
  ...new Set([...JSON.stringify(said).matchAll(/s3cr3t[a-z0-9]+/g)].map(([each]) => each)),
];

test('a plan has no text that could be a secret, in words and in JSON', async () => {
  let shown = 0;
  const property = fc.asyncProperty(file, byHand, file, fc.boolean(), async (first, hand, second, prune) => {
    const world = aDeploymentWithFiles();
    await world.apply(first);
    if (first.destinations.erp)
      await world.ask('PATCH /v1/destinations/{name}', { params: { name: 'erp' }, body: hand });
    const mayNot = [...hiddenIn(first, hand, second), ...Object.values(secrets), 'a-secret-path'];
    for (const [next, options] of [
      [first, {}],
      [second, { prune }],
      [second, { reopen: true }],
    ] as const) {
      const plan = await world.planOf(next, options);
      if ('refused' in plan) {
        expect(mayNot.filter((each) => plan.refused.join().includes(each))).toEqual([]);
        continue;
      }
      const words = [...planLines(plan, true), planSummary(plan), riskText(plan)].join('\n');
      const document = JSON.stringify(planDocument('shop', plan));
      shown += plan.items.length;
      expect(mayNot.filter((each) => `${words}\n${document}`.includes(each))).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: count({ usual: 60, full: 2000 }) });
  expect(shown).toBeGreaterThan(60);
});

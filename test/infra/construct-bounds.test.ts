/** The constructs refuse what a file of a stage and a request to the API could not have either. */
import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { appFlags } from '../../local/cloudformation/synthesis.ts';

const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const oidc = {
  issuer: 'https://id.example.com',
  audience: 'hooklatch',
  roles: [{ role: 'connection_admin', claim: 'groups', value: 'platform' }],
};
const secondDigest = 'b'.repeat(64);

/** Props of a gateway, and the error. */
const refusedGateways: [object, string][] = [
  [{ stage: 'staging' }, 'stage can\'t be "staging"; use dev or prod'],
  [{ eventShards: 0 }, "eventShards can't be 0; use a whole number from 1 to 64"],
  [{ eventShards: 65 }, "eventShards can't be 65; use a whole number from 1 to 64"],
  [{ eventShards: 1.5 }, "eventShards can't be 1.5; use a whole number from 1 to 64"],
  [{ eventShards: '8' }, 'eventShards can\'t be "8"; use a whole number from 1 to 64'],
  [{ replayCeiling: 10_001 }, "replayCeiling can't be 10001; use a whole number from 1 to 10000"],
  [{ dispatchConcurrency: 1_001 }, "dispatchConcurrency can't be 1001; use a whole number from 2 to 1000"],
  [{ senders: { rate: 0, burst: 1 } }, "senders.rate can't be 0; use a whole number from 1 to 100000"],
  [{ senders: { rate: 1, burst: 100_001 } }, "senders.burst can't be 100001; use a whole number from 1 to 100000"],
  [
    { reservedConcurrency: 0 },
    "reservedConcurrency can't be 0; use a whole number from 1 to 100000, or leave it out to reserve nothing",
  ],
  [
    { tokenReminderDays: 3_651 },
    "tokenReminderDays can't be 3651; use a whole number from 1 to 3650, or leave it out for no reminders",
  ],
  [
    { warmThroughput: 3_999 },
    "warmThroughput can't be 3999; use a whole number from 4000 to 40000, or leave it out for what AWS gives a new table",
  ],
  [
    { publicUrl: 'https://hooks.example.com/' },
    'publicUrl can\'t be "https://hooks.example.com/"; write it like https://hooks.example.com, without a slash at its end',
  ],
  [{ exampleTargets: ['logs'] }, 'exampleTargets can\'t be ["logs"]; use log, queue, or log,queue'],
  [
    { warningTopic: {} },
    'warningTopic and warningEmail need alarmTopic or alarmEmail; without one, the urgent alarms notify nobody',
  ],
  [{ managedConnections: 'yes' }, 'managedConnections can\'t be "yes"; use true or false'],
  [
    { tags: { 'aws:team': 'a' } },
    'tags can\'t be {"aws:team":"a"}; write them like {"team": "payments"}, or -c tags=team=payments; keys don\'t begin with aws: or hooklatch:, and all together have at most 1024 characters',
  ],
  [
    { originDigests: [digestOfNothing] },
    `originDigests can't be ["${digestOfNothing}"]; use the SHA-256 of the header in hexadecimal, or two with a comma`,
  ],
  [
    { domain: { domainName: 'Hooks.example.com' } },
    'domain.domainName can\'t be "Hooks.example.com"; write a host name in small letters, like hooks.example.com',
  ],
  [
    { domain: { domainName: 'a.example', mtlsTruststore: { bucket: 'Trust', key: 'store.pem' } } },
    'domain.mtlsTruststore can\'t be {"bucket":"Trust","key":"store.pem"}; use the S3 URI of a PEM file, like s3://my-bucket/truststore.pem',
  ],
  [
    { stage: 'prod', oidc: { ...oidc, issuer: 'http://localhost:8080' } },
    'oidc.issuer can\'t be "http://localhost:8080"; use an https URL without user, query and fragment, exactly as the issuer writes it',
  ],
  [
    { oidc: { ...oidc, audience: 'a b' } },
    'oidc.audience can\'t be "a b"; use the audience (aud) of the tokens, such as hooklatch',
  ],
  [
    { oidc: { ...oidc, roles: [{ role: 'flow_designer', claim: '/a~b', value: 'x' }] } },
    'oidc.roles can\'t be [{"role":"flow_designer","claim":"/a~b","value":"x"}]; write claim=value, such as groups=platform-team or /realm_access/roles=admin',
  ],
  [
    { oidc: { ...oidc, operatorDays: 366 } },
    "oidc.operatorDays can't be 366; use a whole number from 1 to 365, or 0 for none",
  ],
];

/** Props of a connection, and the error. */
const refusedConnections: [object, string][] = [
  [{ name: 'Orders' }, 'name must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case'],
  [
    { provider: 'strpe' },
    'provider is an unknown provider id; did you mean "stripe"? ProviderId lists them, or use generic',
  ],
  [{ provider: 'our-own-shop' }, 'provider is an unknown provider id; ProviderId lists them, or use generic'],
  [{ description: 'x'.repeat(257) }, 'description must have at most 256 characters'],
  [{ status: 'on' }, 'status must be one of "active", "inactive"'],
  [{ retentionDays: 0 }, 'retentionDays must be at least 1'],
  [{ methods: ['FETCH'] }, 'methods.0 must be one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"'],
  [{ auth: { kind: 'token', accept: [{ in: 'header' }] } }, 'auth.accept.0.name is missing; send a string'],
  [{ answer: { status: 99 } }, 'answer.status must be at least 200'],
  [{ routeMode: 'last' }, 'routeMode must be one of "all", "first"'],
];

/** Props of a destination, and the error. */
const refusedDestinations: [object, string][] = [
  [{ name: 'Shop' }, 'name must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case'],
  [{ url: 'shop.example.com' }, 'url must be a URL, such as https://example.com/webhooks'],
  [{ timeoutSeconds: 31 }, 'timeoutSeconds must be at most 30'],
  [{ method: 'GET' }, 'method must be one of "POST", "PUT", "PATCH"'],
  [{ headers: { host: 'a' } }, 'headers.host cannot be used: the connection or Hooklatch sets this header'],
  [{ concurrency: 0 }, 'concurrency must be at least 1'],
  [{ giveUpAfterHours: 721 }, 'giveUpAfterHours must be at most 720'],
  [{ schedule: [60] }, 'schedule must end with a wait of at least 300 seconds, because the last one repeats'],
  [{ retryOn: ['410'] }, 'retryOn.0 cannot be 410, which always ends a delivery'],
  [
    { auth: { kind: 'bearer', token: 'plain' } },
    'auth.token must be the reference to a secret: a template is no place for its value',
  ],
  [
    { auth: { kind: 'basic', username: 'a:b', password: '{secret}' } },
    'auth.username must be at most 256 printable ASCII characters without a colon',
  ],
  [
    { signingSecret: 'whsec_AAAA' },
    'signingSecret must be the reference to a secret: a template is no place for its value',
  ],
];

/** Routes of a connection, and the error, with the path of the route that it names. */
const refusedRoutes: [object, string][] = [
  [{ routes: { Paid: {} } }, 'hooks/Orders/Paid: id must be 1 to 32 characters: lower case letters, digits and dashes'],
  [
    { routes: { paid: { when: { type: 'a' } } } },
    'hooks/Orders/paid: when.type must be an array of the wanted values, or an object of fields',
  ],
  [
    { routes: { paid: { when: { typo: ['a'] } } } },
    'hooks/Orders/paid: when.typo is not a field of an event: use type, provider, headers, query, path, sourceIp, data',
  ],
  [{ routes: { paid: {}, other: { ruleId: 'paid' } } }, 'hooks/Orders/paid: id is the id of another rule too'],
  [
    { routeMode: 'first', routes: { all: {}, more: {} } },
    'hooks/Orders/all: when is missing; every event matches this rule, so in the mode first no rule after it is reached',
  ],
  [
    { routes: { paid: { to: 'elsewhere' } } },
    'hooks/Orders/paid: to is a destination of another gateway than that of the connection',
  ],
];

/** Kinds and props that are accepted, with what only CloudFormation knows among them. */
const accepted: [string, object][] = [
  ['gateway', { eventShards: 64, senders: { rate: 1, burst: 100_000 }, originDigests: [], exampleTargets: [], oidc }],
  ['gateway', { publicUrl: '{unknown}', tags: { team: '{unknown}' }, domain: { domainName: '{unknown}' } }],
  ['gateway', { oidc: { ...oidc, issuer: '{unknown}' }, originDigests: ['a'.repeat(64), secondDigest] }],
  ['connection', { description: '{unknown}', allowFrom: ['{unknown}'], retentionDays: 365, provider: 'Stripe' }],
  ['connection', { name: '{unknown}', provider: '{unknown}', status: '{unknown}' }],
  ['destination', { name: '{unknown}', url: '{unknown}', timeoutSeconds: 30, headers: { 'x-key': '{unknown}' } }],
  ['destination', { url: '{secret}', auth: { kind: 'bearer', token: '{secret}' }, signingSecret: '{secret}' }],
  ['routes', { routes: { paid: { when: { type: ['{unknown}'] }, to: '{unknown}' }, all: { ruleId: 'all-others' } } }],
  ['routes', { routeMode: 'first', routes: { paid: { when: { type: ['paid'] } }, otherwise: { to: 'chat' } } }],
];

const refused = [
  ...refusedGateways.map(([props, error]) => ['gateway', props, `hooks/Gateway: ${error}`] as const),
  ...refusedConnections.map(([props, error]) => ['connection', props, `hooks/Orders: ${error}`] as const),
  ...refusedDestinations.map(([props, error]) => ['destination', props, `hooks/Shop: ${error}`] as const),
  ...refusedRoutes.map(([props, error]) => ['routes', props, error] as const),
  [
    'destination',
    { auth: { kind: 'bearer', token: '{named secret}' } },
    'fromSecret needs the complete ARN of the secret: use Secret.fromSecretCompleteArn, or a secret that this app makes',
  ] as const,
];
const all = [...refused, ...accepted.map(([kind, props]) => [kind, props, null] as const)];

let errors: (string | null)[];
beforeAll(() => {
  const args = [...appFlags, 'test/infra/construct-bounds-app.ts', JSON.stringify(all)];
  errors = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
});

test.each(all.map((row, at) => [...row, at] as const))('a %s with %j: %j', (_kind, _props, error, at) => {
  expect(errors[at]).toBe(error);
});

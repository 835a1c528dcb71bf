/** Names of the functions' environment variables. Infra sets them, the functions read them. */
export const variable = {
  stateTable: 'STATE_TABLE',
  eventsTable: 'EVENTS_TABLE',
  eventShards: 'EVENT_SHARDS',
  journalTable: 'JOURNAL_TABLE',
  bodiesBucket: 'BODIES_BUCKET',
  failuresBucket: 'FAILURES_BUCKET',
  eventBus: 'EVENT_BUS',
  runner: 'RUNNER_FUNCTION',
  handshake: 'HANDSHAKE_FUNCTION',
  transform: 'TRANSFORM_FUNCTION',
  replayCeiling: 'REPLAY_CEILING',
  tokenReminderDays: 'TOKEN_REMINDER_DAYS',
  publicUrl: 'PUBLIC_URL',
  secretPrefix: 'SECRET_PREFIX',
  secretTags: 'SECRET_TAGS',
  bootstrapSecret: 'BOOTSTRAP_SECRET',
  oidc: 'OIDC',
  oidcOperatorDays: 'OIDC_OPERATOR_DAYS',
  originDigests: 'ORIGIN_DIGESTS',
  allowPrivate: 'ALLOW_PRIVATE',
  ownUrls: 'OWN_URLS',
  deliveriesTable: 'DELIVERIES_TABLE',
  dispatchQueue: 'DISPATCH_QUEUE',
  overflowQueue: 'OVERFLOW_QUEUE',
  laneQueue: 'LANE_QUEUE',
  version: 'HOOKLATCH_VERSION',
} as const;
export type Variable = keyof typeof variable;

/** Whether an environment variable is set. For those that only some deployments have. */
export const isInEnvironment = (name: Variable, environment: NodeJS.ProcessEnv = process.env): boolean =>
  Boolean(environment[variable[name]]);

/**
 * Reads an environment variable.
 * @throws if it is missing, because the function's construct lacks the grant that sets it
 */
export function fromEnvironment(name: Variable, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[variable[name]];
  if (!value)
    throw new Error(`${variable[name]} is not set: add the grant for it to this function's construct in infra/`);
  return value;
}

/** Reads an environment variable that only some deployments have: texts with commas between them. Empty if it is not set. */
export const listFromEnvironment = (name: Variable, environment: NodeJS.ProcessEnv = process.env): string[] =>
  isInEnvironment(name, environment) ? fromEnvironment(name, environment).split(',') : [];

/**
 * Reads an environment variable as a whole number above 0.
 * @throws if it is missing, or is not such a number
 */
export function numberFromEnvironment(name: Variable, environment: NodeJS.ProcessEnv = process.env): number {
  const value = fromEnvironment(name, environment);
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new Error(`${variable[name]} is ${value}; it must be a whole number above 0`);
}

/** Reads an environment variable like `numberFromEnvironment`, or returns undefined if it is missing. */
export const optionalNumberFromEnvironment = (
  name: Variable,
  environment: NodeJS.ProcessEnv = process.env,
): number | undefined => (environment[variable[name]] ? numberFromEnvironment(name, environment) : undefined);

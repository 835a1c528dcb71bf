/** The functions' environment variables. Infra sets them, the functions read them. */
export const variables = [
  'FUNCTION_NAME',
  'SITES',
  'STATE_TABLE',
  'EVENTS_TABLE',
  'EVENT_SHARDS',
  'JOURNAL_TABLE',
  'BODIES_BUCKET',
  'FAILURES_BUCKET',
  'EVENT_BUS',
  'RUNNER_FUNCTION',
  'HANDSHAKE_FUNCTION',
  'TRANSFORM_FUNCTION',
  'ONE_TRANSFORM',
  'REPLAY_CEILING',
  'TOKEN_REMINDER_DAYS',
  'PUBLIC_URL',
  'SECRET_PREFIX',
  'SECRET_TAGS',
  'BOOTSTRAP_SECRET',
  'OIDC',
  'OIDC_OPERATOR_DAYS',
  'ORIGIN_DIGESTS',
  'ALLOW_PRIVATE',
  'OWN_URLS',
  'DELIVERIES_TABLE',
  'DISPATCH_QUEUE',
  'OVERFLOW_QUEUE',
  'LANE_QUEUE',
  'HOOKLATCH_VERSION',
] as const;
export type Variable = (typeof variables)[number];

/** Whether an environment variable is set. For those that only some deployments have. */
export const isInEnvironment = (name: Variable, environment: NodeJS.ProcessEnv = process.env): boolean =>
  Boolean(environment[name]);

/**
 * Reads an environment variable.
 * @throws if it is missing, because the function's construct lacks the grant that sets it
 */
export function fromEnvironment(name: Variable, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[name];
  if (!value) throw new Error(`${name} is not set: the function's construct in infra/ lacks its grant`);
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
  throw new Error(`${name} is ${value}; it must be a whole number above 0`);
}

/** Reads an environment variable like `numberFromEnvironment`, or returns undefined if it is missing. */
export const optionalNumberFromEnvironment = (
  name: Variable,
  environment: NodeJS.ProcessEnv = process.env,
): number | undefined => (environment[name] ? numberFromEnvironment(name, environment) : undefined);

/** The environment variables of the functions: infra sets them by these names, the functions read them by these names. */
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
  replayCeiling: 'REPLAY_CEILING',
  publicUrl: 'PUBLIC_URL',
  secretPrefix: 'SECRET_PREFIX',
  bootstrapSecret: 'BOOTSTRAP_SECRET',
  version: 'HOOKLATCH_VERSION',
} as const;
export type Variable = keyof typeof variable;

/**
 * Reads one variable of the environment.
 * @throws when it is missing: the function's construct lacks the grant that sets it
 */
export function fromEnvironment(name: Variable, environment: NodeJS.ProcessEnv = process.env): string {
  const value = environment[variable[name]];
  if (!value) throw new Error(`${variable[name]} is not set: grant this function what it stands for in infra/`);
  return value;
}

/**
 * Reads a whole number above 0.
 * @throws when it is missing, or is none
 */
export function numberFromEnvironment(name: Variable, environment: NodeJS.ProcessEnv = process.env): number {
  const value = fromEnvironment(name, environment);
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new Error(`${variable[name]} is ${value}, and must be a whole number above 0`);
}

/** Whether a deployment answers, and to whom. */
import type { ApiAnswer, ApiClient } from '../../../shared/operators/api/api-client.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { observeDestinations } from '../../../shared/operators/api/destination-reads.ts';
import { wholeList } from '../../../shared/operators/api/whole-list.ts';
import { attentionOfDestination, type ObservedDestination } from '../../../shared/operators/journal/attention.ts';
import { whyOfDestination } from '../../../shared/operators/journal/destination-words.ts';
import { textsAbout } from '../answer-words.ts';
import { type Check, failed, passed, skipped, warning } from './check.ts';

type Me = ApiAnswer<'GET /v1/me'>;

/** The largest difference of the clocks that is normal, in seconds. Many signatures are accepted for five minutes. */
const maxSkewSeconds = 60;
/** A token that ends within so many days should be replaced. */
const soonDays = 7;
const msPerDay = 86_400_000;

/** Compares the version of this command line with that of the deployment. */
export function versionCheck({ theirs, ours }: { theirs: string; ours: string }): Check {
  if (theirs === ours) return passed('version', `The deployment and this command line have version ${ours}.`);
  const text = `The deployment has version ${theirs}, and this command line ${ours}.`;
  return warning('version', `${text} Some commands can fail: deploy ${ours}, or use hooklatch@${theirs}.`);
}

/**
 * Compares this machine's clock with that of the deployment.
 * @param date the header Date of its answer
 * @param between when the request was sent and when its answer came
 */
export function clockCheck(date: string | null, between: { sent: Date; answered: Date }): Check {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return skipped('clock', 'The answer does not say what time it is.');
  const ours = (between.sent.getTime() + between.answered.getTime()) / 2;
  const seconds = Math.round((ours - theirs) / 1000);
  const text = `This machine's clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the deployment's.`;
  if (Math.abs(seconds) <= maxSkewSeconds) return passed('clock', text);
  return warning('clock', `${text} Correct it: times such as --from mean something else here than there.`);
}

/** Whether the token works, and for how long. */
export function tokenCheck({ name, role, expiresAt }: Me, now: Date): Check {
  const who = `${name}, ${role}`;
  if (expiresAt === undefined) return passed('token', who);
  const text = `${who}, until ${expiresAt}`;
  return Date.parse(expiresAt) - now.getTime() > soonDays * msPerDay
    ? passed('token', text)
    : warning('token', `${text}. Ask an admin for another one: hooklatch operators create`);
}

/** Tests an endpoint without publishing. A refusal of the test is its result. */
async function endpointCheck(api: ApiClient, name: string): Promise<Check> {
  const check = `endpoint ${name}`;
  try {
    const key = 'POST /v1/connections/{name}/endpoint/test';
    const { passed: isPassed, steps } = await api.call(key, { params: { name }, body: { publish: false } });
    const wrong = steps.find(({ outcome }) => outcome === 'failed');
    if (isPassed) return passed(check, 'A sample arrived and was stored. It was not published.');
    return failed(check, wrong ? `${wrong.step}: ${textsAbout(name).step(wrong) || 'failed'}` : 'failed');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failed(check, textsAbout(name).problem(error));
  }
}

/** Tests every active endpoint. */
export async function* endpointChecks(api: ApiClient, { role }: Me): AsyncGenerator<Check> {
  const active = (await wholeList((query) => api.call('GET /v1/connections', { query }))).filter(
    ({ status }) => status === 'active',
  );
  if (active.length === 0) yield skipped('endpoints', 'No endpoint is active.');
  else if (role !== 'connection_admin') yield skipped('endpoints', 'Your role may not test endpoints.');
  else for (const { name } of active) yield await endpointCheck(api, name);
}

/** What loses webhooks, or delays them, at one destination. */
function destinationCheck(observed: ObservedDestination, now: Date): Check[] {
  const { name } = observed.destination;
  const found = attentionOfDestination(observed, now);
  if (found.length === 0) return [];
  const said = found.map((each) => {
    const since = 'since' in each && each.since !== undefined ? ` since ${each.since}` : '';
    return `${each.kind.replaceAll('_', ' ')}${since}: ${whyOfDestination(each, (time) => time)}`;
  });
  const isFailing = found.some(({ kind }) => kind === 'destination_failing');
  return [(isFailing ? failed : warning)(`destination ${name}`, said.join(' '))];
}

/** Looks at the first destinations by name. */
export async function* destinationChecks(api: ApiClient, now: Date): AsyncGenerator<Check> {
  const destinations = await wholeList((query) => api.call('GET /v1/destinations', { query }));
  const { observed, skipped: left } = await observeDestinations(api, destinations);
  const checks = observed.flatMap((each) => destinationCheck(each, now));
  yield* checks;
  const well = observed.length - checks.length;
  if (destinations.length === 0) yield skipped('destinations', 'There is no destination.');
  else if (well > 0) yield passed('destinations', `${well} of ${destinations.length} take what they get.`);
  if (left > 0) yield skipped('destinations', `${left} were not looked at: this looks at the first by name.`);
}

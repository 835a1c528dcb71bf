/**
 * Explains why the public URL refused a test's sample. Reads the record and applies the rules of the public functions.
 */
import { type VerificationDeps, verifyDelivery } from '../delivery/delivery-verification.ts';
import type { RejectionOrChallenge } from '../delivery/handover.ts';
import { authorizeRequest } from '../delivery/request-authorization.ts';
import type { SampleDelivery } from '../delivery/sample-delivery.ts';
import type { Connection } from '../endpoint/connection.ts';
import type { Endpoint } from '../endpoint/endpoint-record.ts';
import type { TestStep } from '../endpoint/self-test-view.ts';
import { settingsOf } from '../endpoint/settings-in-force.ts';
import { explanationFor } from '../journal/rejection-advice.ts';

export interface SelfTestRejectionPorts
  extends Pick<VerificationDeps, 'readSigningSecret' | 'certificate' | 'publicUrl'> {
  readDigest(secret: string, tokenId: string): Promise<Buffer>;
  /** Whether the authorizers refuse requests that do not come through CloudFront. */
  checksOrigin: boolean;
}

/** How the public URL answered. */
export interface RefusingAnswer {
  status: number;
  /** CloudFront adds this id to each answer. */
  cloudFrontId: string | null;
}

/** A connection whose endpoint is tested. Only an active endpoint can be tested. */
export interface TestedConnection extends Connection {
  endpoint: Endpoint;
}

/** The step that refuses a sample. The reason is absent if no step refuses the sample here. */
interface Finding {
  step: 'authorized' | 'verified';
  reason?: RejectionOrChallenge;
}

/**
 * Checks a sample here, by the same rules. The caller's address is not known here, so the address list is left out of
 * the checks. If no check fails and there is an address list, the list is the reason.
 */
async function findRejection(
  connection: TestedConnection,
  { request }: SampleDelivery,
  at: Date,
  ports: SelfTestRejectionPorts,
): Promise<Finding> {
  const { endpoint, name } = connection;
  const { search, pathname } = new URL(request.url);
  const rest = decodeURIComponent(pathname).split(`/${endpoint.id}/`)[1];
  const delivery = { headers: request.headers, rawQueryString: search.slice(1), rest, method: 'POST', sourceIp: '' };
  const anywhere = { ...endpoint, settings: { ...endpoint.settings, allowFrom: null } };
  const readConnection = async () => ({ ...connection, endpoint: anywhere });
  const now = () => at;
  const senderRequest = { ...delivery, connection: name, endpointId: endpoint.id };
  const verdict = await authorizeRequest(senderRequest, { readConnection, readDigest: ports.readDigest, now });
  if (!verdict.admitted) return { step: 'authorized', reason: verdict.reason };
  const arrived = { ...delivery, requestId: '', body: request.body };
  const proof = await verifyDelivery(verdict.handover, settingsOf(connection), arrived, { ...ports, now });
  if ('reason' in proof) return { step: 'verified', reason: proof.reason };
  return endpoint.settings.allowFrom ? { step: 'authorized', reason: 'address_not_allowed' } : { step: 'verified' };
}

/** The reasons that follow from the status alone. */
const reasonByStatus: Record<number, RejectionOrChallenge> = { 405: 'method_not_allowed', 413: 'body_too_large' };

const pastCloudFront =
  'the request did not come through CloudFront, and originSha256 demands that. The URL leads to the API itself: deploy with publicUrl, the URL of CloudFront.';

const otherOrigin =
  'the request passes all other checks here. CloudFront adds the header x-origin-verify with a value whose SHA-256 is not in originSha256, or does not add it. docs/deploy.md says how to change the value.';

const unexplained =
  'The same request passes all checks here. Look for a proxy or another service in front of the API that changes it.';

function explain({ reason }: Finding, status: number, connection: Connection): string {
  const known = reasonByStatus[status] ?? reason;
  return known === undefined || known === 'challenged' ? unexplained : `${known}: ${explanationFor(known, connection)}`;
}

/** The steps of a sample that got an answer and was refused. */
export async function rejectedSteps(
  connection: TestedConnection,
  sample: SampleDelivery,
  { status, cloudFrontId }: RefusingAnswer,
  at: Date,
  ports: SelfTestRejectionPorts,
): Promise<TestStep[]> {
  const onlySender = 'Only the sender can sign, because only it has the key. Send a test from its settings.';
  if (sample.unsigned && connection.endpoint.tokens.length > 0)
    return [{ step: 'authorized', outcome: 'skipped', detail: onlySender }];
  const notAuthorized = (advice: string): TestStep[] => [
    { step: 'authorized', outcome: 'failed', detail: `${status}, ${advice}` },
  ];
  // The authorizer checks the origin before it reads anything.
  const checkedOrigin = ports.checksOrigin && status === 403;
  if (checkedOrigin && cloudFrontId === null) return notAuthorized(pastCloudFront);
  const finding = await findRejection(connection, sample, at, ports);
  if (checkedOrigin && finding.reason === undefined) return notAuthorized(otherOrigin);
  const detail = `${status}, ${explain(finding, status, connection)}`;
  const failed: TestStep = { step: finding.step, outcome: 'failed', detail };
  return finding.step === 'verified' ? [{ step: 'authorized', outcome: 'passed' }, failed] : [failed];
}

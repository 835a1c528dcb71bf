/** Verifies a sender's signature again, in the code that handles the webhook. */
import { redacted } from "../../shared/endpoints/credential/redaction.js";
import { schemeOf } from "../../shared/endpoints/endpoint/settings-in-force.js";
import { needsSecret } from "../../shared/endpoints/signature/certificate-scheme.js";
import { verifyWithSecrets } from "../../shared/endpoints/signature/verify-by-secret.js";
import { BytesNotExact } from "./webhook-body.js";
/** @throws if there is no such scheme */
function schemeFor({ provider }, choice = provider) {
    const scheme = schemeOf(provider, choice);
    if (scheme)
        return scheme;
    throw new Error(choice === provider
        ? `The webhooks of ${provider} have no scheme of their own. Say which scheme they are signed with.`
        : `The provider ${provider} has no scheme ${JSON.stringify(choice)}.`);
}
const signsUrl = (scheme) => scheme.kind === 'twilio' ||
    scheme.kind === 'contentful' ||
    ('message' in scheme && scheme.message.some(({ part }) => part === 'url'));
/** The places of which a verification reads the value. */
function sourcesOf(scheme) {
    if (scheme.kind === 'jwt')
        return [scheme.token];
    if (!('message' in scheme))
        return [];
    const values = scheme.message.flatMap((part) => (part.part === 'value' ? [part.source] : []));
    return [...scheme.signatures, ...values, ...(scheme.timestamp ? [scheme.timestamp.source] : [])];
}
/** Whether one of the headers that count was redacted. */
const isRedacted = (scheme, { headers }) => sourcesOf(scheme).some((source) => source.in !== 'body' &&
    Object.entries(headers).some(([name, value]) => name.startsWith(source.name) && value.includes(redacted)));
/**
 * Verifies the sender's signature by Hooklatch's own schemes, as of the time when the webhook was received: one that is handled or replayed
 * days later is as good as on its first day.
 * @throws Error if there is no such scheme
 * @throws BodyMissing if the body is no longer in its bucket
 */
export async function verify(webhook, { secret, scheme: choice }) {
    const unverifiable = (cause) => ({ verified: false, reason: 'not_verifiable', cause });
    const scheme = schemeFor(webhook, choice);
    if (!needsSecret(scheme))
        return unverifiable('certificate');
    if (signsUrl(scheme))
        return unverifiable('url');
    if (isRedacted(scheme, webhook))
        return unverifiable('redacted');
    const body = await webhook.bytes().catch((error) => {
        if (error instanceof BytesNotExact)
            return error.reason;
        throw error;
    });
    if (typeof body === 'string')
        return unverifiable(body);
    const { method, headers, receivedAt } = webhook;
    const request = { method, headers, body, url: '', now: new Date(receivedAt) };
    const verdict = verifyWithSecrets(scheme, [secret].flat(), request);
    return verdict.verified ? { verified: true } : verdict;
}

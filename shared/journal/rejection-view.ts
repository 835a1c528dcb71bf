/** How operators read rejections; apart from the making of them, which has to be light. */
import * as z from 'zod/mini';
import { type Hint, hints } from '../signature/hint.ts';
import {
  faultKinds,
  type PlacementFault,
  type RejectionReason,
  type RejectionSample,
  rejectionReasons,
} from './rejection.ts';

/** For an operator: what each reason means, and what to look at. */
export const rejectionExplanations: Record<RejectionReason, string> = {
  endpoint_unknown:
    'The URL has another endpoint id than this connection. Deconfiguring made the old URL invalid for ever: copy the present one into the sender.',
  endpoint_inactive: 'The endpoint is not active. Activate it, or switch the webhook off at the sender.',
  address_not_allowed: "The sender's address is not in allowFrom. Compare sourceIp in the sample with the list.",
  secret_missing: 'The endpoint had no live token, so nobody could pass. Generate a token, and enter it at the sender.',
  token_missing:
    'No token was found in the accepted placements. Compare auth.accept with how the sender is set up to send it: a header that is accepted with a scheme, such as Bearer, needs that word before the token.',
  token_malformed:
    'A token was sent that can be none: truncated, mistyped, given twice or with another user name. Copy it again, whole.',
  token_unknown:
    'A token was sent that is not live: it never existed here, or was ended by a rotation or a removal. Which of the two is not kept. Enter the token of this endpoint at the sender.',
  token_expired:
    'The previous token was sent after its grace had ended. Enter the new token at the sender; revealing shows it.',
  secret_malformed:
    "The secret is not written in the form that this sender's are. Copy it again, and adopt it by a rotation.",
  signature_missing:
    'No signature was found. Switch signing on at the sender, or compare auth.scheme with how it signs.',
  signature_malformed:
    'There was a signature that can be none of this scheme. Compare auth.scheme with how the sender signs.',
  signature_unsupported: 'The signature says that it is of another version or algorithm than the scheme.',
  signature_mismatch:
    'The signature was made with another secret, or over something else. Compare the secret at the sender with this one.',
  timestamp_missing: 'The time of signing was not found. Compare auth.scheme with how the sender signs.',
  timestamp_malformed: 'The time of signing is none. Compare auth.scheme with how the sender signs.',
  timestamp_too_old:
    'It was signed too long ago: the sender delivers late, its clock is wrong, or somebody sent it again.',
  timestamp_in_future: "It was signed in the future: the sender's clock is wrong.",
  message_incomplete:
    'Something that the signature covers is not in the request, such as a header or a field of the body.',
  message_ambiguous:
    'The signature would hold for another request too, because a value has in it what separates it from the next, such as a dot in an id. If the sender is set up right, somebody else sent it.',
  scheme_unsafe:
    'The scheme in auth.scheme was configured before it was known to be unsafe: somebody without the secret could make such a signature. Configure it again; the answer says what to change.',
  body_not_json_object:
    "This sender's webhooks are JSON objects, and this was none: its signature may be the answer to a handshake.",
  handshake_window_closed:
    'The sender brought a secret, and no handshake was awaited. Open the window for it, and let the sender begin again. If you asked for none, somebody else knows the URL.',
  handshake_refused:
    'The sender asked whether the URL is meant for it, with another verify token or without a challenge that can be answered. Compare the verify token at the sender with the one of this endpoint.',
  claim_mismatch:
    'The JWT names another audience or issuer than the scheme demands. Compare aud and iss in auth.scheme with what the sender puts into its tokens.',
  topic_not_allowed:
    "The message is of a topic that is not in the scheme's topicArns. Compare its TopicArn with the list.",
  certificate_refused:
    "The request names a certificate that is not the sender's own, is not valid, or leads to no root that is trusted. If the sender is set up right, somebody else sent it.",
  certificate_unavailable:
    "The sender's certificate could not be fetched: its host is at fault, or too many certificates were asked for that do not exist. The answer was 429, so the sender tries again. If this goes on, ask for a token too, with auth.kind both: then nobody without it makes anything be fetched.",
  delivery_id_reused:
    "A delivery with the same signed id is stored with another body. This sender's signature proves a checksum of the body alone, so somebody who saw that delivery may have written this one. Nothing is lost: compare the event with the sender's own record of it.",
  method_not_allowed: "The sender used a method that is not in the endpoint's methods. Change either.",
  body_too_large:
    'The body is larger than is taken. Make the sender send less at once, or send a reference to the data.',
};

/** What to do about a fault that says more than the reason does. */
const faultAdvice: Partial<Record<PlacementFault['fault'], string>> = {
  scheme_missing:
    'The header was there, without the scheme word that it is accepted with. Make the sender write that word and a space before the token, such as "Bearer ", or accept the header without a scheme.',
  scheme_unexpected:
    'The header had a word such as Bearer where the token alone is expected. Make the sender write the token alone, once, or accept the header with that word as its scheme.',
};

/** What to do, as far as a sample says it. */
export const sampleAdviceOf = ({ hint, faults }: RejectionSample): string | undefined =>
  hint ? hints[hint] : faults.map(({ fault }) => faultAdvice[fault]).find((advice) => advice !== undefined);

const sampleSchema = z.object({
  method: z.string(),
  sourceIp: z.string(),
  userAgent: z.optional(z.string()),
  headers: z.array(z.string()),
  faults: z.array(z.object({ placement: z.string(), fault: z.enum(faultKinds) })),
  hint: z.optional(z.enum(Object.keys(hints) as Hint[])),
});

/** Reads a sample as it was written. */
export const rejectionSampleFrom = (json: string): RejectionSample => sampleSchema.parse(JSON.parse(json));

/** How many webhooks were refused in a minute for one reason. */
export const rejectionViewSchema = z.object({
  minute: z.string(),
  reason: z.enum(rejectionReasons),
  count: z.int(),
  /** The count is a lower bound: there were so many that some are not counted yet, and may never be. */
  atLeast: z.optional(z.literal(true)),
  explanation: z.string(),
  sample: z.optional(sampleSchema),
  /** What the sample's hint or its faults mean, and what to do. */
  advice: z.optional(z.string()),
  /** The first samples of other causes than the first one's. */
  otherSamples: z.optional(z.array(z.object({ ...sampleSchema.shape, advice: z.optional(z.string()) }))),
});
export type RejectionView = z.infer<typeof rejectionViewSchema>;

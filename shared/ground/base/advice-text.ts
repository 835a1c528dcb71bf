/**
 * All advice for operators by code: the only place with its texts. It stands in `base`, because all folders above advise, and imports nothing,
 * because the clients of the API show these texts too. What stands in braces is a fact of the advice, one of the words that
 * each client has its own of, or a setting of an endpoint by its path, such as `{settings.auth.scheme}`.
 */

/** What a change means that would make a signature valid. */
export const hints = {
  secret_spaces: 'The signature is valid without the white space around the secret. Enter the secret without it.',
  sender_spaces:
    'The signature is valid if the sender has a space or a line break before or after the secret. Enter the secret again at the sender, without the white space.',
  secret_form:
    'The signature is valid with the secret in another form: as text, hex or base64, or with or without whsec_. Copy the whole secret, or change the key in the custom scheme.',
  hex_for_base64:
    'The signature is valid, but in hex. The scheme expects base64. Make the sender use base64, or change the encoding in the custom scheme.',
  hex_for_base64url:
    'The signature is valid, but in hex. The scheme expects base64url. Make the sender use base64url, or change the encoding in the custom scheme.',
  base64_for_hex:
    'The signature is valid, but in base64. The scheme expects hex. Make the sender use hex, or change the encoding in the custom scheme.',
  base64_for_base64url:
    'The signature is valid, but in base64. The scheme expects base64url: - and _ in place of + and /, and no = at the end. Make the sender use base64url, or change the encoding in the custom scheme.',
  base64url_for_hex:
    'The signature is valid, but in base64url. The scheme expects hex. Make the sender use hex, or change the encoding in the custom scheme.',
  base64url_for_base64:
    'The signature is valid, but in base64url. The scheme expects base64: + and / in place of - and _, and = at the end. Make the sender use base64, or change the encoding in the custom scheme.',
  prefix_missing:
    'The signature is valid, but lacks the prefix that the scheme expects, such as sha256=. Make the sender add the prefix, or change the prefix in the custom scheme.',
  prefix_other:
    'The signature is valid, but has the name of its algorithm as a prefix, such as sha256=. The scheme expects another prefix or none. Make the sender change it, or change the prefix in the custom scheme.',
  body_line_break:
    'The signature is valid for the body with one line break more or fewer at its end. Something between the sender and Hooklatch changes bodies. Make it pass them on unchanged.',
  body_rewritten:
    'The signature is valid for the same JSON without white space. Something between the sender and Hooklatch rewrites bodies. Make it pass them on unchanged.',
  url_other:
    'The signature is valid for another form of the URL: with http or https, or with or without a final slash, the query or the port. Enter the URL at the sender exactly as Hooklatch shows it.',
  older_scheme:
    'The signature is valid by an older scheme of this sender. Make the sender use the newer one, or name the older one in {settings.auth.scheme}.',
  body_is_form:
    'The body is form-encoded and lacks a field that the scheme needs. Choose application/json as the content type at the sender.',
  body_is_no_form:
    'The body is not form-encoded, but the scheme signs form fields. Choose a form as the content type at the sender.',
  time_unit:
    'The signature is valid if its time is in the other unit, seconds or milliseconds. Change timestamp.unit in the custom scheme.',
  minutes_off:
    'The signature is valid, but its time is off by less than an hour. A clock is wrong, or the sender delivers late.',
  hours_off:
    'The signature is valid, but its time is off by less than a day. The time zone is wrong, or a retry keeps the time of the first attempt.',
  days_off: 'The signature is valid, but its time is off by a day or more. An old request was sent again.',
} as const;

/** What is wrong with where the token is, if that says more than the reason of the rejection. */
export const faultAdvice = {
  scheme_missing:
    'In this header the token is accepted only after a scheme word, and the word is missing. Make the sender write that word and a space before the token, such as "Bearer ", or accept the header without a scheme.',
  scheme_unexpected:
    'The header has a word such as Bearer before the token, but only the token is accepted. Make the sender write only the token, once, or accept the header with that word as its scheme.',
  spaces_around:
    'There is white space before or after the token, such as a space or a line break. Enter the token again at the sender, without it.',
} as const;

/** Refusals whose text names what each client has its own name for. The problem itself is the advice. */
export const refusalTexts = {
  connection_not_found: 'There is no connection of this name. {listConnections}.',
  last_admin: 'This is the last connection_admin without an expiry. Add another one first: {addOperator}.',
  operator_not_found: 'There is no operator with this id. {listOperators}.',
  provider_not_found: 'There is no provider with this id. {listProviders}.',
  secret_made_by_sender:
    '{secret} If the sender accepts a secret from you, set {settings.secretFrom} to operator first.',
  version_mismatch: '{otherVersion}',
} as const;

export const adviceTexts = {
  ...hints,
  ...faultAdvice,
  ...refusalTexts,
  // Why webhooks are rejected, by reason, and what to do.
  endpoint_unknown:
    'The URL has another endpoint id than this connection: it was cut off, mistyped or deconfigured. A deconfigured URL never works again. Copy the present URL into the sender.',
  endpoint_inactive: 'The endpoint is not active. Activate it, or turn off the webhook at the sender.',
  address_not_allowed:
    "The sender's address is not in {settings.allowFrom}. Compare the address in the sample with the list.",
  secret_missing:
    'The endpoint had no live token, so it refused every request. Generate a token, and enter it at the sender.',
  token_missing:
    'No token was found in the accepted placements. Compare {settings.auth.accept} with how the sender sends the token. A header that is accepted with a scheme, such as Bearer, needs that word before the token.',
  token_malformed:
    'The token that was sent does not have the form of a token: it is truncated, mistyped, sent twice or with another user name. Copy the whole token again.',
  token_unknown:
    'The token that was sent is not live. Either it never existed here, or a rotation or a removal ended it; Hooklatch does not store which. Enter the token of this endpoint at the sender.',
  token_expired:
    'The previous token was sent after its grace had ended. Reveal the new token, and enter it at the sender.',
  secret_malformed:
    "The secret does not have the form of this sender's secrets. Copy it again, and {adopt} it by a rotation.",
  signature_missing:
    'No signature was found. Turn on signing at the sender, or compare {settings.auth.scheme} with how it signs.',
  signature_malformed:
    'The signature does not have the form of this scheme. Compare {settings.auth.scheme} with how the sender signs.',
  signature_unsupported:
    'The signature names another version or algorithm than the scheme. Compare {settings.auth.scheme} with how the sender signs.',
  signature_mismatch:
    'The signature was made with another secret or for other content. Compare the secret at the sender with the one of this endpoint.',
  timestamp_missing: 'The time of signing was not found. Compare {settings.auth.scheme} with how the sender signs.',
  timestamp_malformed:
    'The time of signing is not a valid time. Compare {settings.auth.scheme} with how the sender signs.',
  timestamp_too_old:
    'The request was signed too long ago. The sender delivers late, its clock is wrong, or somebody sent the request again.',
  timestamp_in_future: "The request was signed in the future. The sender's clock is wrong.",
  message_incomplete:
    'A part that the signature covers is missing from the request, such as a header or a field of the body. Compare {settings.auth.scheme} with how the sender signs.',
  message_ambiguous:
    'The signature would be valid for another request too, because a signed value contains the separator, such as a dot in an id. If the sender is set up correctly, somebody else sent the request.',
  scheme_unsafe:
    'The scheme in {settings.auth.scheme} is now known to be unsafe: somebody without the secret could make such a signature. Configure it again. The answer says what to change.',
  body_not_json_object:
    "This sender's webhooks are JSON objects, and this body was not one. Its signature may come from the answer to a handshake.",
  body_not_utf8:
    'The content type says that the body is text, but the body has bytes that are not UTF-8. API Gateway replaced these bytes before Hooklatch got them, so the signature does not fit. Make the sender write the body in UTF-8, or send it with a content type that is not text, such as application/octet-stream.',
  handshake_refused:
    'The sender began a handshake with another verify token, or with a challenge that cannot be answered. Compare the verify token at the sender with the one of this endpoint.',
  claim_mismatch:
    'The JWT has another audience or issuer than the scheme. Compare aud and iss in {settings.auth.scheme} with those in the tokens of the sender.',
  topic_not_allowed: "The topic of the message is not in the scheme's topicArns. Compare its TopicArn with the list.",
  certificate_refused:
    'The request names a certificate that does not belong to the sender, is not valid, or has no trusted root. If the sender is set up correctly, somebody else sent the request.',
  certificate_unavailable:
    "The sender's certificate could not be fetched. Either its host failed, or requests named too many certificates that do not exist. The answer was 429, so the sender tries again. If this continues, require a token too, with {settings.auth.kind} set to both: then a request without the token makes Hooklatch fetch nothing.",
  delivery_id_reused:
    "A delivery with the same signed id is already stored with another body. This sender's signature covers only a checksum of the body, so somebody who saw that delivery may have made this one. Nothing is lost. Compare the stored event with the sender's record of it.",
  method_not_allowed:
    "The sender used a method that is not in the endpoint's methods. Change the methods, or the method at the sender.",
  body_too_large: 'The body is too large. Make the sender send less at once, or a reference to the data.',
  handshake_window_closed:
    'The sender delivered a secret, but no handshake window was open. Open the window ({openHandshake}), then start the handshake again at the sender. If you did not ask for a handshake, somebody else knows the URL.',
  // `secret_missing`, if only the sender can make the secret.
  sender_secret_missing: 'The endpoint had no live secret, so it refused every request. {secret}',
  // How the secret that only the sender can make gets here.
  adopt_secret: '{where} {sendSecret}',
  await_secret: '{where} {openHandshake} opens the window. If you already have the secret, {enterSecret} instead.',
  // What the steps of a test find.
  no_answer: "Nothing answered: check that the name in the deployment's publicUrl leads to this API.",
  failed_here: 'The answer was {status}. Hooklatch failed: look at the alarms and the logs.',
  destination_redirected:
    'The destination answered {status}, a redirect. It is not followed: enter the URL to which it leads.',
  destination_refused: 'The destination answered {status}. Only 2xx means that it took the request.',
  destination_forbidden: 'Nothing was sent: {fault}.',
  destination_no_token: 'No access token came from the token URL: {fault}.',
  destination_silent: 'Nothing came back: {fault}.',
  redirected: 'The answer was {status}: senders do not follow a redirect.',
  past_cloudfront:
    '{status}, the request did not come through CloudFront, and originSha256 demands that. The URL leads to the API itself: deploy with publicUrl, the URL of CloudFront.',
  other_origin:
    '{status}, the request passes all other checks here. CloudFront adds the header x-origin-verify with a value whose SHA-256 is not in originSha256, or does not add it. docs/custom-domain.md says how to change the value.',
  rejected: '{status}, {reason}: {explanation}',
  unexplained:
    '{status}, The same request passes all checks here. Look for a proxy or another service in front of the API that changes it.',
  only_sender_signs: 'Only the sender can sign, because only it has the key. Send a test from its settings.',
  not_stored: 'The answer says that the event is stored, but it is not there.',
  publish_not_asked: '{askToPublish}',
  held_back: 'The endpoint is held: its release publishes the event.',
  not_on_bus: 'The bus does not have the event yet. Look at the alarm and the log of the relay.',
  delivery_known:
    'This delivery id came before, so nothing was stored again. To publish the event of that delivery again, replay it.',
  event_not_named: 'The answer to this sender does not name the event. Look at the newest events.',
  published_as_usual: 'It is published and routed as any webhook. The timeline of its event shows its way.',
  // What a passed test can't verify.
  made_with_token:
    'The sample was made with the token stored in Hooklatch. Only a webhook from the sender itself shows whether it has the same.',
  made_with_signature:
    'The sample was made with the secret stored in Hooklatch. Only a webhook from the sender itself shows whether it has the same.',
  made_with_both:
    'The sample was made with the token and the signing secret stored in Hooklatch. Only a webhook from the sender itself shows whether it has the same.',
  // What a verb did besides, or left unchanged.
  secret_to_adopt: 'Every delivery is refused until you {adopt} the secret that the sender makes: {adoptToken}.',
  handshake_to_open:
    'Every delivery is refused until the sender delivers its secret. Open the handshake ({openHandshake}), then start it at the sender.',
  token_removed:
    'Without a token the endpoint is now inactive and rejects every webhook. Generate or {adopt} a token, then activate the endpoint. Its URL stays the same.',
  no_url_yet: 'The endpoint has no URL yet. Activate it to get the URL.',
  still_inactive: 'The endpoint stays inactive and rejects every webhook until you activate it.',
  release_runs: 'The held events are being published, the oldest first.{seeRelease}',
  not_observed: 'The change is made. Last uses and counts could not be read. Read the connection again.',
  // Why a release is still running although it only waits.
  last_check:
    'Every held event is published. An event that was being stored at the release can still arrive. The release therefore checks once more after {at}. Then it is done.',
  next_pass:
    'The release has gone through the held events. It goes through them again after {at}, for events that could not be published or arrived late.',
  // What is wrong with a provider.
  provider_mistyped: 'There is no provider with this id. Did you mean {nearest}? {listProviders}.',
  unknown_provider: 'is an unknown provider id; {listProviders}, or use generic',
  mistyped_provider: 'is an unknown provider id; did you mean "{nearest}"? {listProviders}, or use generic',
} as const;
export type Hint = keyof typeof hints;
export type AdviceCode = keyof typeof adviceTexts;
export const adviceCodes = Object.keys(adviceTexts) as AdviceCode[];

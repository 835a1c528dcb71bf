import { inUrl } from "../common-placements.js";
import { hmac, time, timestamp, value } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
/** Dropbox Sign signs two fields of its event. `at` is the event's place in the body. */
/* @__NO_SIDE_EFFECTS__ */
const dropboxSign = (at) => hmac(`${at}/event_hash`, {
    timestamp: time(`${at}/event_time`),
    message: [timestamp, value(`${at}/event_type`)],
});
export const preset = selfSigned(dropboxSign('/json/event'), {
    kind: 'both',
    accept: inUrl,
    older: { 'dropbox-sign-json': dropboxSign('/event') },
    type: ['/json/event/event_type', '/event/event_type'],
    answer: { status: 200, body: 'Hello API Event Received', contentType: 'text/plain' },
});
export const guide = {
    name: 'Dropbox Sign',
    docs: 'https://developers.hellosign.com/docs/events/walkthrough/',
    url: 'Open the API settings, and enter the URL as the account callback, or as the callback of the app. Enter the URL that contains the token, because the signature does not cover the event.',
    secret: '{Adopt} the primary API key as the signing secret.',
    confidence: 'stated',
};
export const otherNames = ['hellosign', 'dropboxsign'];
export const sample = {
    headers: { 'content-type': 'multipart/form-data; boundary=xYzZY0sample' },
    body: '--xYzZY0sample\r\nContent-Disposition: form-data; name="json"\r\n\r\n{"event":{"event_time":"1772366400","event_type":"signature_request_sent"}}\r\n--xYzZY0sample--\r\n',
    type: 'signature_request_sent',
};
export const literals = {
    demands: 'both',
    secretFrom: 'sender',
    tokenIn: ['query', 'path'],
    answer: { status: 200, contentType: 'text/plain', body: 'Hello API Event Received' },
    isBodyOpen: true,
    signed: [
        {
            origin: 'Python 3',
            signs: 'two fields of the event, and not the rest of it',
            headers: { 'content-type': 'multipart/form-data; boundary=xYzZY' },
            body: '--xYzZY\r\nContent-Disposition: form-data; name="json"\r\n\r\n{"event":{"event_time":"1772366400","event_type":"signature_request_sent","event_hash":"61e6af446bf66e105caea24f9656ce7aa1bfe891ac2653034ce61d98c80b050f"}}\r\n--xYzZY--\r\n',
            type: 'signature_request_sent',
            isBodyOpen: true,
        },
        {
            origin: 'Python 3',
            scheme: 'dropbox-sign-json',
            signs: 'two fields of the event, and not the rest of it',
            headers: { 'content-type': 'application/json' },
            body: '{"event":{"event_time":"1772366400","event_type":"signature_request_viewed","event_hash":"bbe626095a6629653ae3fc360fe700d8ff66c28cb9564dd9e901474d493458a1"}}',
            type: 'signature_request_viewed',
            isBodyOpen: true,
        },
    ],
};

/** Reads a message that Amazon SNS signed: RSA over its fields. The key is in a certificate; see `certificate.ts`. */
import { atPointer, duplicateKey, jsonOf } from "../../ground/base/json-pointer.js";
import { onlyMembers } from "../../ground/base/json-text.js";
import { fixedMessages, signaturesIn, signedTextOf, } from "./signed-message.js";
const notificationFields = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const confirmationFields = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
/** The message that SNS signs: a line with the name and a line with the value of each field. */
function snsMessage(document) {
    const isNotification = atPointer(document, '/Type') === 'Notification';
    const lines = [];
    for (const name of isNotification ? notificationFields : confirmationFields) {
        const value = atPointer(document, `/${name}`);
        if (name === 'Subject' && (value === undefined || value === null))
            continue;
        // Only `Message` may contain a line break. A line break in any other field could make one field look like two.
        if (typeof value !== 'string' || !value.isWellFormed() || (name !== 'Message' && value.includes('\n')))
            return undefined;
        lines.push(`${name}\n${value}\n`);
    }
    return fixedMessages(lines);
}
const snsFields = new Set([
    ...notificationFields,
    ...confirmationFields,
    'SignatureVersion',
    'Signature',
    'SigningCertURL',
]);
/**
 * The fields of an SNS message that matter for its signature. SNS sends JSON as text/plain. A duplicate is
 * `duplicateKey`.
 */
export function snsDocument(body) {
    const json = jsonOf(body, 'application/json');
    const members = json === undefined ? [] : [...onlyMembers(json, snsFields)];
    return Object.fromEntries(members.map(([name, text]) => [name, text === null ? duplicateKey : JSON.parse(text)]));
}
export function readSns(topicArns, request) {
    const document = snsDocument(request.body);
    const version = atPointer(document, '/SignatureVersion');
    const written = signedTextOf(atPointer(document, '/Signature'));
    if (written === undefined)
        return 'signature_missing';
    if (version !== '1' && version !== '2')
        return 'signature_unsupported';
    const algorithm = version === '1' ? 'rsa-sha1' : 'rsa-sha256';
    const method = { kind: 'publicKey', algorithm, key: { form: 'pem' }, encoding: 'base64' };
    const signatures = signaturesIn(method, [written]);
    if (typeof signatures === 'string')
        return signatures;
    const messages = snsMessage(document);
    if (messages === undefined)
        return 'message_incomplete';
    const isAllowed = topicArns.some((topicArn) => topicArn === atPointer(document, '/TopicArn'));
    return { method, checks: [{ signatures, messages }], ...(isAllowed ? {} : { rejection: 'topic_not_allowed' }) };
}

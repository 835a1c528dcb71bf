import { basic, inUrl } from "../common-placements.js";
import { handshake, signed } from "../preset-builders.js";
export const preset = signed(undefined, {
    accept: [basic, ...inUrl],
    id: '/MessageId',
    type: '/Type',
    handshakes: [
        handshake('POST', 'x-amz-sns-message-type=SubscriptionConfirmation', { with: 'confirmation' }, '/SubscribeURL'),
    ],
});
export const guide = {
    name: 'Amazon SNS',
    docs: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
    url: 'Open the topic, choose Create subscription and the protocol HTTPS, and enter the URL as Endpoint. Hooklatch confirms the subscription.',
    secret: 'There is no secret, because SNS signs with a certificate. Set {settings.auth} to {"kind":"signature","scheme":{"kind":"sns","topicArns":["…"]}} with the ARNs of your topics.',
    contentType: 'Do not turn on raw message delivery, because a raw message has no signature.',
    deadlineSeconds: 15,
    confidence: 'stated',
};
export const otherNames = ['sns', 'amazon-sns', 'aws-simple-notification-service'];
export const sample = {
    headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    },
    body: {
        Type: 'Notification',
        MessageId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        TopicArn: 'arn:aws:sns:eu-central-1:123456789012:sample',
        Message: 'hello',
        Timestamp: '2026-03-01T12:00:00.000Z',
        SignatureVersion: '2',
        SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-sample.pem',
    },
    type: 'Notification',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'operator',
    tokenIn: ['basic', 'query', 'path'],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'Notification' },
            body: '{"Type":"Notification","MessageId":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","SubscribeURL":"https://sns.eu-central-1.amazonaws.com/"}',
            type: 'Notification',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': 'SubscriptionConfirmation' },
            body: '{"Type":"SubscriptionConfirmation","SubscribeURL":"https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription"}',
            proof: 'delivery',
            challenge: 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription',
            answer: { headers: { 'content-type': 'text/plain' }, body: '' },
        },
    ],
};

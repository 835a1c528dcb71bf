import { slackLike } from "../common-schemes.js";
import { asText, handshake, ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(slackLike('x-slack-signature: v0=', 'x-slack-request-timestamp', 300), {
    id: '/event_id',
    type: ['/event/type', '/command', '/payload/type'],
    handshakes: [handshake('POST', '/type=url_verification', asText, '/challenge')],
    answer: ok,
});
export const guide = {
    name: 'Slack',
    docs: 'https://docs.slack.dev/authentication/verifying-requests-from-slack/',
    url: 'Open your app, choose Event Subscriptions, and enter the URL as Request URL. Enter it for commands and interactivity too.',
    secret: '{Adopt} the signing secret from the basic information of the app.',
    deadlineSeconds: 3,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { type: 'event_callback', event_id: 'Ev1', event: { type: 'app_mention', text: 'hi' } },
    type: 'app_mention',
    deliveryId: 'Ev1',
    handshakes: [
        {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: { type: 'url_verification', challenge: '3eZbrw1aBm2rZgRNFdxV2595' },
            answer: { headers: { 'content-type': 'text/plain' }, body: '3eZbrw1aBm2rZgRNFdxV2595' },
        },
    ],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'Python 3',
            signs: 'v0:, the time, a colon and the body',
            headers: {
                'content-type': 'application/json',
                'x-slack-request-timestamp': '1772366400',
                'x-slack-signature': 'v0=720833f12fed6b6fb7f6a6184dcfc738cd9170b7af4bfd9c5434d6cbdee1ad10',
            },
            body: '{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention"}}',
            type: 'app_mention',
            deliveryId: 'Ev1',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            signs: 'v0:, the time, a colon and the body, which is a form',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-slack-request-timestamp': '1772366400',
                'x-slack-signature': 'v0=304c05ba94ffd50e48021d777b499ea7b8e1bcc571347cfaf4d381ab3f2286af',
            },
            body: 'command=%2Fdeploy&text=now&team_id=T1',
            type: '/deploy',
            validSeconds: 300,
        },
        {
            origin: 'Python 3',
            signs: 'v0:, the time, a colon and the body, which is a form',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-slack-request-timestamp': '1772366400',
                'x-slack-signature': 'v0=8205ad04d99258927d55870e636073e2277d4fb29ed6c29697d2c7d270a2360e',
            },
            body: 'payload=%7B%22type%22%3A%22block_actions%22%2C%22team%22%3A%7B%22id%22%3A%22T1%22%7D%7D',
            type: 'block_actions',
            validSeconds: 300,
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"token":"Jhj5","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}',
            proof: 'delivery',
            challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
            answer: {
                headers: { 'content-type': 'text/plain' },
                body: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
            },
        },
    ],
};

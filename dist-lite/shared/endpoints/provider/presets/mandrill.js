import { hmac64, url } from "../common-schemes.js";
import { check, selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64('x-mandrill-signature', {
    algorithm: 'sha1',
    message: [url, { part: 'sortedForm', only: 'mandrill_events' }],
}), {
    batch: { items: '/mandrill_events', id: '/_id', type: '/event' },
    handshakes: [check('HEAD')],
});
export const guide = {
    name: 'Mailchimp Transactional (Mandrill)',
    docs: 'https://mandrill.zendesk.com/hc/en-us/articles/360039232513-How-to-Authenticate-Webhook-Requests',
    url: 'Open Settings > Webhooks, and enter the URL as Post to URL. Mandrill signs the URL too, so do not change it.',
    secret: '{Adopt} the key that Mandrill shows beside the webhook.',
    confidence: 'stated',
};
export const otherNames = ['mailchimp-transactional'];
export const sample = {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'mandrill_events=%5B%7B%22_id%22%3A%22m1%22%2C%22event%22%3A%22open%22%2C%22ts%22%3A1772366400%7D%5D',
    handshakes: [{ method: 'HEAD', answer: {} }],
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the URL, and the name and the value of the field, with SHA-1',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-mandrill-signature': '2L0XPS3sTa9arnQgyY8roF2mTBM=',
            },
            body: 'mandrill_events=%5B%7B%22_id%22%3A%22m1%22%2C%22event%22%3A%22open%22%7D%5D',
            type: 'webhook',
            items: [['m1', 'open']],
        },
    ],
    refused: [
        {
            origin: 'Python 3',
            why: 'the form has another field',
            headers: {
                'content-type': 'application/x-www-form-urlencoded',
                'x-mandrill-signature': '4o8ajRgMWni2AMfhV//u5V9ipEs=',
            },
            body: 'a=1&mandrill_events=%5B%5D',
            reason: 'message_incomplete',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'HEAD',
            proof: 'none',
            answer: { headers: { 'content-type': 'text/plain' }, body: '' },
        },
    ],
};

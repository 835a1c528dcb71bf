import { inUrl } from "../common-placements.js";
import { handshake, ok, tokened } from "../preset-builders.js";
export const preset = tokened(inUrl, {
    type: '/type',
    // The URL contains the token, so the check carries the same proof as a delivery.
    handshakes: [handshake('GET', [], { with: 'nothing' })],
    answer: ok,
});
export const guide = {
    name: 'Mailchimp Marketing',
    docs: 'https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/',
    url: 'Open Audience > Settings > Webhooks, and enter the URL that contains the token as Callback URL.',
    secret: 'The token is part of the URL. Mailchimp has no other place for it.',
    deadlineSeconds: 10,
    confidence: 'stated',
};
export const otherNames = ['mailchimp-marketing'];
export const sample = {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'type=subscribe&fired_at=2026-03-01+12%3A00%3A00&data%5Bemail%5D=a%40example.com',
    type: 'subscribe',
    handshakes: [{ method: 'GET', answer: {} }],
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['query', 'path'],
    answer: { status: 200, contentType: 'application/json', body: '' },
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: 'type=subscribe&fired_at=2026-03-01+12%3A00%3A00&data%5Bemail%5D=a%40example.com',
            type: 'subscribe',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'GET',
            query: 'token=hle_sample',
            proof: 'delivery',
            answer: { headers: { 'content-type': 'text/plain' }, body: '' },
        },
    ],
};

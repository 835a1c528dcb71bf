import { tokened } from "../preset-builders.js";
export const preset = tokened(['x-telegram-bot-api-secret-token'], {
    id: '/update_id',
});
export const guide = {
    name: 'Telegram bots',
    docs: 'https://core.telegram.org/bots/api#setwebhook',
    url: 'Enter the URL as the parameter url of the method setWebhook.',
    secret: 'Enter the token as the parameter secret_token of the method setWebhook.',
    confidence: 'stated',
};
export const otherNames = ['telegram-bot', 'telegram-bots'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { update_id: 10000, message: { message_id: 1, text: 'hello' } },
    deliveryId: '10000',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: [{ headers: { 'x-telegram-bot-api-secret-token': 'hle_of-the-sender-0123' } }],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"update_id":10000,"message":{"message_id":1,"text":"hello"}}',
            type: 'webhook',
            deliveryId: '10000',
        },
    ],
};

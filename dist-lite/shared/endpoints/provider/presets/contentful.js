import { basic, inHeaders } from "../common-placements.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned({ kind: 'contentful', tolerance: 30 }, {
    accept: [...inHeaders, basic],
    type: 'x-contentful-topic',
});
export const guide = {
    name: 'Contentful',
    docs: 'https://www.contentful.com/developers/docs/webhooks/request-verification/',
    url: 'Open Settings > Webhooks, and enter the URL in the field URL.',
    secret: 'Turn on request verification in the settings of the space. Then {adopt} the signing secret of the space.',
    contentType: 'Choose application/json as the content type.',
    deadlineSeconds: 30,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'x-contentful-topic': 'ContentManagement.Entry.publish' },
    body: { sys: { id: 'entry1', type: 'Entry' } },
    type: 'ContentManagement.Entry.publish',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    tokenIn: ['bearer', 'webhookToken', 'basic'],
    signed: [
        {
            origin: 'Python 3',
            signs: 'the method, the path, the signed headers and the body',
            headers: {
                'content-type': 'application/json',
                'x-contentful-topic': 'ContentManagement.Entry.publish',
                'x-contentful-timestamp': '1772366400000',
                'x-contentful-signed-headers': 'x-contentful-signed-headers,x-contentful-timestamp',
                'x-contentful-signature': '474df14eaa1abd660187dd447aca0bc918186c9bba18ed0b6f583f5f861a6326',
            },
            body: '{"sys":{"id":"entry1"}}',
            type: 'ContentManagement.Entry.publish',
            validSeconds: 30,
        },
    ],
};

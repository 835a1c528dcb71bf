import { hmac64 } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64({ in: 'numberedHeaders', name: 'x-docusign-signature-' }), {
    type: '/event',
});
export const guide = {
    name: 'DocuSign Connect',
    docs: 'https://developers.docusign.com/platform/webhooks/connect/hmac/',
    url: 'Open Settings > Connect, choose the configuration, and enter the URL as URL to publish.',
    secret: 'Turn on the HMAC signature, and {adopt} the key that DocuSign generates.',
    contentType: 'Choose JSON as the data format.',
    confidence: 'stated',
};
export const otherNames = ['docusign-connect'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { event: 'envelope-completed', data: { envelopeId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' } },
    type: 'envelope-completed',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body',
            headers: {
                'content-type': 'application/json',
                'x-docusign-signature-1': 'NewO59ZLFuljU+eTU6g7Fxx7K5uC8CpRyZGsbc3LEDQ=',
                'x-docusign-signature-2': 'ZL4no8/gOjRaPdymDL6R9sHRZ5nsXbcED3SyxWDJ8i4=',
            },
            body: '{"event":"envelope-completed"}',
            type: 'envelope-completed',
        },
    ],
};

import { body, hmac64, time, timestamp } from "../common-schemes.js";
import { selfSigned } from "../preset-builders.js";
export const preset = selfSigned(hmac64(['box-signature-primary', 'box-signature-secondary'], {
    timestamp: time('box-delivery-timestamp', 600, 'rfc3339'),
    message: [body, timestamp],
    requires: [
        { header: 'box-signature-version', equals: '1' },
        { header: 'box-signature-algorithm', equals: 'HmacSHA256' },
    ],
}), {
    // The header box-delivery-id is not signed, and changes if Box repeats a delivery.
    id: '/id',
    type: '/trigger',
});
export const guide = {
    name: 'Box',
    docs: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
    url: 'Open your app in the developer console, choose Webhooks, and enter the URL as URL address.',
    secret: '{Adopt} the primary or the secondary key that Box generates.',
    deadlineSeconds: 30,
    confidence: 'stated',
};
export const sample = {
    headers: { 'content-type': 'application/json', 'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11' },
    body: { type: 'webhook_event', id: 'bx1', trigger: 'FILE.UPLOADED' },
    type: 'FILE.UPLOADED',
    deliveryId: 'bx1',
};
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    signed: [
        {
            origin: 'Python 3',
            signs: 'the body and the time',
            headers: {
                'content-type': 'application/json',
                'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'box-delivery-timestamp': '2026-03-01T12:00:00Z',
                'box-signature-version': '1',
                'box-signature-algorithm': 'HmacSHA256',
                'box-signature-primary': '059craI8vfzAl0LHxAUkmgZeaSorTHX+uWKgaR08wvM=',
                'box-signature-secondary': 'AP0TFStCvprAJTrZm34dRjnWyS9LAelo6RmC+exfxuQ=',
            },
            body: '{"id":"eb0c4e06-751f-442c","trigger":"FILE.UPLOADED"}',
            type: 'FILE.UPLOADED',
            deliveryId: 'eb0c4e06-751f-442c',
            validSeconds: 600,
        },
        {
            origin: 'Python 3',
            signs: 'the body and the time. Only the primary key is the one that is known here',
            headers: {
                'content-type': 'application/json',
                'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'box-delivery-timestamp': '2026-03-01T12:00:00Z',
                'box-signature-version': '1',
                'box-signature-algorithm': 'HmacSHA256',
                'box-signature-primary': 'J3GoYY5CkgXoZyVaYvA7ebKYDDg2SFX3guxRbUCVs2k=',
                'box-signature-secondary': 'ppu1OflQw0iDwrpSR1WezVMR1I1S39TuTmdUx1ay9eE=',
            },
            body: '{"id":"eb0c4e06-751f-442c","trigger":"FILE.DELETED"}',
            type: 'FILE.DELETED',
            deliveryId: 'eb0c4e06-751f-442c',
            validSeconds: 600,
        },
    ],
    refused: [
        {
            origin: 'Python 3',
            why: 'another version of the signature',
            headers: {
                'content-type': 'application/json',
                'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'box-delivery-timestamp': '2026-03-01T12:00:00Z',
                'box-signature-version': '2',
                'box-signature-algorithm': 'HmacSHA256',
                'box-signature-primary': 'J3GoYY5CkgXoZyVaYvA7ebKYDDg2SFX3guxRbUCVs2k=',
                'box-signature-secondary': 'J3GoYY5CkgXoZyVaYvA7ebKYDDg2SFX3guxRbUCVs2k=',
            },
            body: '{"id":"eb0c4e06-751f-442c","trigger":"FILE.DELETED"}',
            reason: 'signature_unsupported',
        },
        {
            origin: 'Python 3',
            why: 'another algorithm',
            headers: {
                'content-type': 'application/json',
                'box-delivery-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
                'box-delivery-timestamp': '2026-03-01T12:00:00Z',
                'box-signature-version': '1',
                'box-signature-algorithm': 'HmacSHA1',
                'box-signature-primary': 'J3GoYY5CkgXoZyVaYvA7ebKYDDg2SFX3guxRbUCVs2k=',
                'box-signature-secondary': 'J3GoYY5CkgXoZyVaYvA7ebKYDDg2SFX3guxRbUCVs2k=',
            },
            body: '{"id":"eb0c4e06-751f-442c","trigger":"FILE.DELETED"}',
            reason: 'signature_unsupported',
        },
    ],
};

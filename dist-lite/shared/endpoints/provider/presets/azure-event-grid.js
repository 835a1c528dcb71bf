import { inHeaders, inUrl } from "../common-placements.js";
import { challenged, handshake, tokened } from "../preset-builders.js";
export const preset = tokened([...inHeaders, ...inUrl], {
    type: ['/0/eventType', '/0/type', '/type'],
    batch: { items: '', id: '/id', type: '/eventType' },
    handshakes: [
        handshake('POST', 'aeg-event-type=SubscriptionValidation', { with: 'json', field: 'validationResponse' }, '/0/data/validationCode'),
        challenged('OPTIONS', 'webhook-request-origin', { with: 'header', name: 'webhook-allowed-origin', more: { 'webhook-allowed-rate': '*' } }, 'none'),
    ],
});
export const guide = {
    name: 'Azure Event Grid',
    docs: 'https://learn.microsoft.com/en-us/azure/event-grid/end-point-validation-event-grid-events-schema',
    url: 'In the event subscription, choose the endpoint type Web Hook. Enter the URL that contains the token as Subscriber endpoint.',
    secret: 'The token is part of the URL, so that the validation request has it too. Event Grid can also send the token in a header: add a delivery property for it.',
    deadlineSeconds: 30,
    confidence: 'stated',
};
export const otherNames = ['event-grid', 'eventgrid', 'azure-eventgrid'];
export const sample = {
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: [
        {
            id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
            eventType: 'Microsoft.Storage.BlobCreated',
            subject: '/blob',
            data: {},
            dataVersion: '1',
        },
    ],
    type: 'Microsoft.Storage.BlobCreated',
    handshakes: [
        {
            method: 'OPTIONS',
            headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
            answer: { headers: { 'webhook-allowed-origin': 'eventgrid.azure.net', 'webhook-allowed-rate': '*' } },
        },
        {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'aeg-event-type': 'SubscriptionValidation' },
            body: [{ id: '1', data: { validationCode: '512d38b6-c7b8-40c8' } }],
            answer: { headers: { 'content-type': 'application/json' }, body: '{"validationResponse":"512d38b6-c7b8-40c8"}' },
        },
    ],
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['bearer', 'webhookToken', 'query', 'path'],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
            body: '[{"id":"eg1","eventType":"Microsoft.Storage.BlobCreated","data":{}}]',
            type: 'Microsoft.Storage.BlobCreated',
            items: [['eg1', 'Microsoft.Storage.BlobCreated']],
        },
        {
            // The schema of CloudEvents, in a batch.
            origin: 'by hand',
            headers: { 'content-type': 'application/cloudevents-batch+json', 'aeg-event-type': 'Notification' },
            body: '[{"specversion":"1.0","id":"ce1","type":"com.example.someevent"}]',
            type: 'com.example.someevent',
            items: [['ce1', undefined]],
        },
        {
            // The schema of CloudEvents, one at a time.
            origin: 'by hand',
            headers: { 'content-type': 'application/cloudevents+json', 'aeg-event-type': 'Notification' },
            body: '{"specversion":"1.0","id":"ce2","type":"com.example.someevent"}',
            type: 'com.example.someevent',
        },
    ],
    handshakes: [
        {
            origin: 'by hand',
            method: 'POST',
            headers: { 'content-type': 'application/json', 'aeg-event-type': 'SubscriptionValidation' },
            body: '[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6-c7b8-40c8"}}]',
            proof: 'delivery',
            challenge: '512d38b6-c7b8-40c8',
            answer: { headers: { 'content-type': 'application/json' }, body: '{"validationResponse":"512d38b6-c7b8-40c8"}' },
        },
        {
            origin: 'by hand',
            method: 'OPTIONS',
            headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
            proof: 'none',
            challenge: 'eventgrid.azure.net',
            answer: {
                headers: {
                    'content-type': 'text/plain',
                    'webhook-allowed-origin': 'eventgrid.azure.net',
                    'webhook-allowed-rate': '*',
                },
                body: '',
            },
        },
    ],
    noHandshakes: [{ method: 'OPTIONS' }],
};

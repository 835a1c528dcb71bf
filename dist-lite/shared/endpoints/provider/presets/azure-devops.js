import { basic, inHeaders } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened([basic, ...inHeaders], {
    id: '/id',
    type: '/eventType',
});
export const guide = {
    name: 'Azure DevOps service hooks',
    docs: 'https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks',
    url: 'Open Project settings > Service hooks, create a subscription of the kind Web Hooks, and enter the URL in the field URL.',
    secret: 'Enter hooklatch as the user and the token as the password. You can also enter the token as an HTTP header.',
    confidence: 'stated',
};
export const otherNames = ['ado', 'devops', 'vsts', 'azure-devops-service-hooks'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { id: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11', eventType: 'git.push', resource: { pushId: 14 } },
    type: 'git.push',
    deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['basic', 'bearer', 'webhookToken'],
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'application/json' },
            body: '{"id":"6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11","eventType":"git.push"}',
            type: 'git.push',
            deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
        },
    ],
};

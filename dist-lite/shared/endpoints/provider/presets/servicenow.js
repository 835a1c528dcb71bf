import { basic, inHeaders, inUrl } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened([...inHeaders, basic, ...inUrl]);
export const guide = {
    name: 'ServiceNow',
    docs: 'https://www.servicenow.com/docs/r/api-reference/web-services/r_RESTMessageElements.html',
    url: 'Enter the URL as the endpoint of your outbound REST message.',
    secret: 'Enter the token as a header. You can also enter it as the password of the user hooklatch, or enter the URL that contains it.',
    contentType: 'Set the header Content-Type to application/json, and write the body as JSON.',
    confidence: 'stated',
};
export const otherNames = ['service-now', 'snow'];
export const sample = {
    headers: { 'content-type': 'application/json' },
    body: { sys_id: 'abc', number: 'INC0010001' },
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['bearer', 'webhookToken', 'basic', 'query', 'path'],
    unsigned: [{ origin: 'by hand', headers: { 'content-type': 'application/json' }, body: '{"id":1}', type: 'webhook' }],
};

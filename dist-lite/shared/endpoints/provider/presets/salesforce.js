import { inUrl } from "../common-placements.js";
import { tokened } from "../preset-builders.js";
export const preset = tokened(inUrl, {
    answer: {
        status: 200,
        body: '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
        contentType: 'application/xml',
    },
});
export const guide = {
    name: 'Salesforce outbound messages',
    docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm',
    url: 'Open Setup > Outbound Messages, and enter the URL that contains the token as Endpoint URL.',
    secret: 'The token is part of the URL. Salesforce has no other place for it.',
    deadlineSeconds: 60,
    confidence: 'stated',
};
export const otherNames = ['sfdc'];
export const sample = {
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body: '<?xml version="1.0"?><Envelope><Body><notifications><Id>04l1</Id></notifications></Body></Envelope>',
};
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    tokenIn: ['query', 'path'],
    answer: {
        status: 200,
        contentType: 'application/xml',
        body: '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
    },
    unsigned: [
        {
            origin: 'by hand',
            headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
            body: '<?xml version="1.0"?><Envelope><Body><notifications><Id>04l1</Id></notifications></Body></Envelope>',
            type: 'webhook',
        },
    ],
};

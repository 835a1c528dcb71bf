export const preset = { kind: 'token' };
export const guide = {
    name: 'Any other sender',
    docs: 'https://www.standardwebhooks.com/',
    url: 'Enter the URL where the sender asks for a webhook URL, a callback URL or a notification URL.',
    secret: 'Enter the header Authorization with Bearer before the token, or enter the URL that contains the token. If the sender signs, describe its signature in {settings.auth.scheme}.',
    contentType: 'If the sender offers several content types, choose application/json.',
    confidence: 'stated',
};
export const otherNames = ['custom', 'other', 'any'];
export const sample = { headers: { 'content-type': 'application/json' }, body: { id: 1 } };
export const literals = {
    demands: 'token',
    secretFrom: 'operator',
    unsigned: [{ origin: 'by hand', headers: { 'content-type': 'application/json' }, body: '{"id":1}', type: 'webhook' }],
};

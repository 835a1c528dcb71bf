import { ok, selfSigned } from "../preset-builders.js";
export const preset = selfSigned({ kind: 'jwt', algorithm: 'RS256', key: { form: 'pem' }, token: { in: 'body' }, tolerance: 60 }, { answer: ok });
export const guide = {
    name: 'Wix',
    docs: 'https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/about-webhooks',
    url: 'Open your app, choose Webhooks, and enter the URL as Callback URL.',
    secret: '{Adopt} the public key of the app, as PEM. Hooklatch verifies the body with this key, because the body is a JWT.',
    deadlineSeconds: 1.25,
    confidence: 'stated',
};
export const sample = { headers: { 'content-type': 'text/plain' }, body: '' };
export const literals = {
    demands: 'signature',
    secretFrom: 'sender',
    answer: { status: 200, contentType: 'application/json', body: '' },
    signed: [
        {
            origin: 'OpenSSL 3',
            signs: 'a JWT, which is the body, with RSA',
            secret: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqnaHFNjPhSIU0qIc03m8\n6XLdvzemrWvTfXlK5jOYH7lr8EBQ+fp6zSrrJP9NvTqQi7ffCvhC9Lhtt5MREAWf\njeLcyhPHcxZMDWlQCcAKD9K2G/OFBEAI72S2pI/eyP0cKylW1YqbTSH7qY9jianm\naQByBWJBr9Yk0s4bGFAp0s+aR678t9+x+oceRAJN7xLnkglEVJRB9ZP7o+xc6y2+\ngIZR2CeKM03zrkKImV3mOAxtQjRZDwvM7sPLWgmQpFkkQ9j56SiLxXyBXPEs/VHh\nEbRqDEYB6XhzBnL1FvzKhNdFb14h7MhhpXim2qhkjb/KybJb9vW8HHq0+goST1yb\n3QIDAQAB\n-----END PUBLIC KEY-----\n',
            otherSecret: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlOPYuzOAVTGwmUarCct4\noXhkZ/FNrhS3uW76Ce+lcsLXd5BXVVn9+PFdsF20QsNhece+zjUYBAMv541R54GA\nb0idv2+oHpiHMnJ+k3uY3aBIgMP09vyoLOo0tZsl7mDYXE2uwhcjbtaNdwfY/NQV\nubhuU678W5CvJ/0Q6vle5srYZYasyYjyX2pMigOy6Le2r2Gki0ayWgV97w2wrCNl\n3Bn/AxO9FHWHg2bSQllMbKerryPdOtL9g6vuywANz9KEh3OxQ9j3HSgS6uFfXNI8\nyYIgCWKB6JfoqZ2orqLr20qx/DBITP+jLGU81ZtEnASTmgJMnA18VX0YQklHs7WA\nAwIDAQAB\n-----END PUBLIC KEY-----\n',
            headers: { 'content-type': 'text/plain' },
            body: 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJkYXRhIjoie1wiZXZlbnRUeXBlXCI6XCJzYW1wbGVcIn0iLCJpYXQiOjE3NzIzNjY0MDAsImV4cCI6MTc3MjM2NjQwMH0.li2-IiDbdxp1y5ROLUsAlr2Qid5cxFI1Pi3jYilau34vNP4WilxoE09gZ74rvGyCEJCkCsoweqIgkWhOOh7EJtluD9fFjPVuRmInO96FlfiyLl9liI7HXhVfB9OJYDnBlewCYwSJ_XY99wMnS5P8wya6yEu13VRs_DfUkswF0O3-nOVrGpmxm-krAZ54YkZdBc_0VIZ2xm7EH12aT2Xmiluh5A0s_dhC3weo9X1dEKCV4zL1CU7XpH7Wb_hDgZ0sGkhnoDkmrtvO18Gk69GvdIsEWx5nk9mNpq4VdSTTDbbZN0MpJlQugzMjE4YniE8NOPm1gp8V3FqpcA8y_PVVKw',
            type: 'webhook',
            validSeconds: 60,
        },
    ],
};

import { adviceTexts } from "./advice-text.js";
/** What the API calls what each client has its own name for. A place in braces is a fact of the advice. */
const apiNames = {
    Adopt: 'Adopt',
    adopt: 'adopt',
    endpointSecret: 'the secret of your Hooklatch endpoint',
    verifyToken: 'the verify token of your Hooklatch endpoint',
    adoptToken: 'POST …/endpoint/token',
    openHandshake: 'POST …/endpoint/handshake',
    enterSecret: 'send it as {field}',
    askToPublish: 'To test this step too, send publish: true.',
    seeRelease: ' See the progress: GET /v1/connections/{name}/replays/{replayId}',
    listConnections: 'GET /v1/connections lists them',
    listOperators: 'GET /v1/operators lists them',
    listProviders: 'GET /v1/providers lists them',
    addOperator: 'POST /v1/operators',
    otherVersion: 'If-Match has version {wanted}, but the connection has version {version}. Read it again.',
};
const requests = {
    generateToken: 'POST …/endpoint/token',
    rotateToken: 'POST …/endpoint/token/rotate',
    changeAuth: 'PUT …/endpoint with values',
};
export const apiWords = {
    ...apiNames,
    setting: (path) => path,
    sendSecret: ({ verb, field }) => `Then send it as ${field}: ${requests[verb]} {"${field}": "…"}.`,
};
/** Fills in the places of a text. A place without a value stays as it is. */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (place, key) => (Object.hasOwn(values, key) ? String(values[key]) : place));
/** Fills in the words of a client, and its names of settings. */
export const worded = (text, words) => filled(text.replace(/\{settings\.([\w.]+)\}/g, (_, path) => words.setting(path)), words);
/** A code that came from outside may be unknown. Its text is a place that nothing fills. */
const templateOf = (code) => (Object.hasOwn(adviceTexts, code) ? adviceTexts[code] : '{unknown}');
const named = (name) => (name === undefined ? {} : { name });
function secretText({ code, where, ...facts }, words, name) {
    const sendSecret = words.sendSecret({ code, where, ...facts });
    return filled(filled(templateOf(code), { ...words, sendSecret }), {
        ...facts,
        ...named(name),
        where: worded(where, words),
    });
}
/**
 * The text of an advice. It still has a place in braces if a code is not known, or a fact is missing.
 * @param name the connection's name. Without it, its places stay in braces too
 */
export function adviceText({ code, secret, reason, ...facts }, words, name) {
    return filled(worded(templateOf(code), words), {
        ...facts,
        ...named(name),
        ...(secret && { secret: secretText(secret, words, name) }),
        ...(reason && { reason, explanation: adviceText(rejected(reason, secret), words, name) }),
    });
}
/** Why a webhook was rejected. With `secret_missing`, only the sender may be able to make the secret. */
export const rejected = (reason, secret) => secret ? { code: 'sender_secret_missing', secret } : { code: reason };
/** The text of an advice as the API says it. */
export const said = (advice, name) => adviceText(advice, apiWords, name);

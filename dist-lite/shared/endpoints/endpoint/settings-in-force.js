/** The settings in force: from the operator, else from the provider's preset, else the default. */
import { defaultAccept } from "../provider/common-placements.js";
import { presetOf } from "../provider/presets.js";
import { signedValuesOf, signsId } from "../settings/signed-id.js";
import { minRetentionDays, needsSecret, replayGuardOf } from "../signature/certificate-scheme.js";
const defaults = {
    answer: null,
    allowFrom: null,
    methods: ['POST', 'PUT', 'PATCH'],
    retentionDays: 30,
    secretFrom: 'operator',
    alerts: null,
    split: false,
    raw: false,
    type: null,
};
function authOf(named, provider, preset) {
    const { kind = preset.kind } = named ?? {};
    const accept = (named && 'accept' in named && named.accept) || preset.accept || defaultAccept;
    const scheme = (named && 'scheme' in named && named.scheme) || provider;
    if (kind === 'token')
        return { kind, accept };
    return kind === 'signature' ? { kind, scheme } : { kind, accept, scheme };
}
/** Adjusts settings for a replay guard: each signed id is remembered until its signature is no longer accepted. */
export function withReplayGuard(settings, replayGuard) {
    if (!replayGuard)
        return settings;
    const retentionDays = Math.max(settings.retentionDays, minRetentionDays(replayGuard));
    return { ...settings, dedupe: { by: 'header', name: replayGuard.header }, retentionDays };
}
/** The scheme of an auth. Undefined if nothing is signed. */
const schemeIn = (provider, auth) => 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
/**
 * How repeats of an arrival are recognized. An id that the scheme signs counts: the operator's, else the preset's. Only if
 * the scheme signs no id of the preset, an id that is not signed counts too.
 * @param scheme undefined if the arrival is not signed
 * @param chosen the operator's setting
 */
export function dedupeUnder({ dedupe = { by: 'none' }, otherIds = [] }, scheme, chosen = dedupe) {
    if (!scheme || chosen.by === 'none' || signsId(scheme, chosen))
        return chosen;
    return [dedupe, ...otherIds].find((one) => signsId(scheme, one)) ?? chosen;
}
/** All settings of an endpoint. */
export function settingsInForce({ provider, settings }) {
    const preset = presetOf(provider);
    const { answer = null, secretFrom = defaults.secretFrom } = preset;
    const auth = authOf(settings.auth, provider, preset);
    const scheme = schemeIn(provider, auth);
    const dedupe = dedupeUnder(preset, scheme, settings.dedupe);
    const byDefault = { ...defaults, methods: [...defaults.methods], answer, secretFrom };
    return withReplayGuard(Object.assign(byDefault, settings, { auth, dedupe }), scheme && replayGuardOf(scheme));
}
/** The operator's settings that conflict with the replay guard, and what to do instead. */
export function objectionsOfReplayGuard({ provider, settings }) {
    const inForce = settingsInForce({ provider, settings });
    const scheme = schemeIn(provider, inForce.auth);
    const replayGuard = scheme && replayGuardOf(scheme);
    if (!replayGuard)
        return [];
    const { header, days } = replayGuard;
    const isSame = JSON.stringify(settings.dedupe ?? inForce.dedupe) === JSON.stringify(inForce.dedupe);
    const isLong = (settings.retentionDays ?? inForce.retentionDays) >= inForce.retentionDays;
    const dedupe = `must be the header ${header}: the signature covers only a checksum of the body, so each signed id is accepted with one body only. Leave dedupe out, or send null`;
    const retentionDays = `must be at least ${inForce.retentionDays}: a signature is accepted for ${days} days, and its id must be remembered for longer. Send a larger value, or a smaller toleranceDays in auth.scheme`;
    return [
        ...(isSame ? [] : [{ path: 'dedupe', message: dedupe }]),
        ...(isLong ? [] : [{ path: 'retentionDays', message: retentionDays }]),
    ];
}
const placeText = (dedupe) => {
    if (dedupe.by === 'header')
        return `the header ${dedupe.name}`;
    return dedupe.by === 'body' ? `the field ${dedupe.path} of the body` : 'the body';
};
/**
 * What is wrong with the setting `dedupe`, and what to do instead: the scheme signs an id, or what may be one, and the
 * setting names a place that the scheme does not sign.
 */
export function objectionToDedupe(configured) {
    const { provider, settings } = configured;
    const { auth, dedupe: inForce } = settingsInForce(configured);
    const scheme = schemeIn(provider, auth);
    const { dedupe = inForce } = settings;
    if (!scheme || dedupe.by === 'none' || signsId(scheme, dedupe))
        return undefined;
    const why = 'whoever captures a delivery could repeat it, each time as a new event';
    if (dedupe !== inForce)
        return `must be ${placeText(inForce)}: the scheme signs it, and does not sign ${placeText(dedupe)}, so ${why}. Leave dedupe out, or send null`;
    const signed = 'scheme' in auth && typeof auth.scheme === 'object' ? signedValuesOf(scheme) : [];
    if (signed.length === 0)
        return undefined;
    return `must be said: the scheme signs ${signed.map(placeText).join(' and ')}, and does not sign ${placeText(dedupe)}, so ${why}. Name what is signed if it is a delivery's id, or send {"by": "none"}`;
}
/** All settings of a connection's endpoint. Without an endpoint, the provider's defaults. */
export const settingsOf = ({ provider, endpoint }) => settingsInForce({ provider, settings: endpoint?.settings ?? {} });
/** The chosen scheme. Undefined if the provider has no scheme with this name. */
export function schemeOf(provider, choice) {
    if (typeof choice === 'object')
        return choice;
    const { scheme, older = {} } = presetOf(provider);
    if (choice === provider)
        return scheme;
    return Object.hasOwn(older, choice) ? older[choice] : undefined;
}
/**
 * The maker of the secret. With `auth.kind` token, Hooklatch generates it, unless the endpoint's settings say that the
 * sender makes it.
 */
export function secretMakerOf(configured) {
    const { auth, secretFrom } = settingsInForce(configured);
    return auth.kind === 'token' ? (configured.settings.secretFrom ?? defaults.secretFrom) : secretFrom;
}
/** The authorizer's guard for these settings. */
export function guardOf(configured) {
    const { auth, secretFrom } = settingsInForce(configured);
    const scheme = schemeIn(configured.provider, auth);
    const handshakes = presetOf(configured.provider).handshakes?.filter(({ proof }) => proof !== 'delivery') ?? [];
    return {
        kind: auth.kind,
        accept: 'accept' in auth ? auth.accept : [],
        secretFrom: scheme && !needsSecret(scheme) ? 'nobody' : secretFrom,
        handshakes: [...new Set(handshakes.map(({ method }) => method))],
    };
}

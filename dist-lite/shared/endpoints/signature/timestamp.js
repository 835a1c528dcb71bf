const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
/** Converts a written time to milliseconds since the epoch. NaN if malformed, including a number with leading zeros. */
function millisecondsOf(text, unit) {
    if (unit === 's' || unit === 'ms')
        return /^[1-9]\d{0,14}$/.test(text) ? Number(text) * (unit === 's' ? 1000 : 1) : NaN;
    const time = Date.parse(text);
    if (unit === 'rfc3339')
        return rfc3339.test(text) ? time : NaN;
    return text.length === 29 && new Date(time).toUTCString() === text ? time : NaN;
}
/**
 * The reason why a time is rejected, or undefined.
 * @param tolerance in seconds; undefined checks only the format
 */
export function timeRejection(text, unit, tolerance, now) {
    const age = now.getTime() - millisecondsOf(text, unit);
    const limit = (tolerance ?? Infinity) * 1000;
    if (Number.isNaN(age))
        return 'timestamp_malformed';
    if (age > limit)
        return 'timestamp_too_old';
    return age < -limit ? 'timestamp_in_future' : undefined;
}

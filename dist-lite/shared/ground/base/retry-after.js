/**
 * Reads the header Retry-After, which has seconds or a date. Undefined if it is absent or invalid.
 * @returns milliseconds
 */
export function retryAfterMs(value, now) {
    if (value === null || value === undefined)
        return undefined;
    const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
    return Number.isNaN(ms) ? undefined : ms;
}

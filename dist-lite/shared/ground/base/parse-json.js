/** Parses JSON. Returns undefined if the text is not JSON. No JSON text parses to undefined. */
export function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

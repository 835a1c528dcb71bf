import { compilePattern } from "./event-pattern.js";
import { PatternError } from "./pattern-error.js";
/** Compiles the pattern of a request, or says what is wrong with it. */
export function readPattern(pattern) {
    try {
        return compilePattern(pattern);
    }
    catch (error) {
        if (error instanceof PatternError)
            return error;
        throw error;
    }
}

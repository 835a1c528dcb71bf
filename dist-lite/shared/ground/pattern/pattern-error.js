/** A pattern that EventBridge would refuse too. */
export class PatternError extends Error {
    name = 'PatternError';
    /** The place in the pattern, as a JSON pointer. */
    pointer;
    /** What is wrong there. Continues a sentence that begins with the place. */
    problem;
    constructor(pointer, problem) {
        super(`The event pattern${pointer === '' ? '' : ` at ${pointer}`} ${problem}`);
        this.pointer = pointer;
        this.problem = problem;
    }
}

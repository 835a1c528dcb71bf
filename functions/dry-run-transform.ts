/**
 * Wakes up when somebody tries or checks a JSONata expression that no delivery uses yet. It is `transform.ts` once more, so that what breaks
 * out of such an expression meets no event of a delivery.
 */
import { evaluatingProcess } from '../shared/deliveries/transform/evaluating-process.ts';

/** The bundle has the text of `shared/deliveries/transform/context-program.ts` in place of this name. */
declare const contextProgram: string;

export const handler = evaluatingProcess(contextProgram);

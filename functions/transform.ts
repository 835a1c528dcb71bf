/**
 * Wakes up when a delivery needs the result of a JSONata expression. It has no rights: what an expression might break out to is this
 * function alone. It logs nothing: all that it knows is of an event or of an operator.
 */
import { evaluatingProcess } from '../shared/deliveries/transform/evaluating-process.ts';

/** The bundle has the text of `shared/deliveries/transform/context-program.ts` in place of this name. */
declare const contextProgram: string;

export const handler = evaluatingProcess(contextProgram);

import { compilePattern, type EventPattern } from './event-pattern.ts';
import { PatternError } from './pattern-error.ts';

/** Compiles the pattern of a request, or says what is wrong with it. */
export function readPattern(pattern: unknown): EventPattern | PatternError {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
}

/** JSONata, within bounds. Only `context-program.ts` imports this file: an expression can change the functions of JSONata themselves. */
import jsonata from 'jsonata';
import { emptyPathsIn } from './empty-paths.ts';
import { jsonResult } from './json-result.ts';
import type { CheckAnswer, ExpressionFault, TransformAnswer } from './transform.ts';

/**
 * The bounds that JSONata itself keeps. They are below those of the function, so that most runaway expressions are errors with a
 * position, and only those that JSONata can't bound (regular expressions, texts, and what replaces its bounds) make Lambda end the function.
 */
const bounds = {
  /** Milliseconds. Counted between two steps, so one long step can exceed it. */
  timeout: 2_000,
  /** Nested steps. A function that calls itself takes about four each time. */
  stack: 10_000,
  /** Elements of a list. An input of 1 MiB has fewer. */
  sequence: 1_000_000,
};

/** Functions that no expression may name: each attempt must send the same content, and what is evaluated must be what was checked. */
const refusedFunctions: Readonly<Record<string, string>> = {
  eval: 'what it evaluates could not be checked before',
  random: 'each attempt must send the same content',
  shuffle: 'each attempt must send the same content',
};

/** Says whether an expression can be read, and names no function that is refused. */
export function checkExpression(expression: string): CheckAnswer {
  const compiled = compile(expression);
  return 'message' in compiled ? { kind: 'error', ...compiled } : { kind: 'valid' };
}

/**
 * Evaluates an expression. It sees the time that a new `Date` has.
 * @param isDryRun whether the answer names the paths that are empty
 */
export async function evaluateExpression(
  expression: string,
  input: unknown,
  isDryRun = false,
): Promise<TransformAnswer> {
  const compiled = compile(expression);
  if ('message' in compiled) return { kind: 'error', ...compiled };
  // Before the expression can change anything.
  const emptyPaths = isDryRun ? emptyPathsIn(compiled.ast(), input) : [];
  const answer = await evaluated(compiled, input);
  return emptyPaths.length > 0 ? { ...answer, emptyPaths } : answer;
}

async function evaluated(compiled: jsonata.Expression, input: unknown): Promise<TransformAnswer> {
  for (const name of Object.keys(refusedFunctions)) {
    // For an expression that finds the function by another way than its name.
    compiled.registerFunction(name, () => {
      throw new Error(refusalOf(name));
    });
  }
  try {
    return jsonResult(await compiled.evaluate(input));
  } catch (thrown) {
    return { kind: 'error', ...faultOf(withoutTexts(thrown)) };
  }
}

const refusalOf = (name: string): string => `$${name} is not available: ${refusedFunctions[name]}.`;

function compile(expression: string): jsonata.Expression | ExpressionFault {
  try {
    const compiled = jsonata(expression, bounds);
    return refusedIn(compiled.ast()) ?? compiled;
  } catch (thrown) {
    return faultOf(thrown);
  }
}

function refusedIn(tree: jsonata.ExprNode): ExpressionFault | undefined {
  const nodes = new Set<object>([tree]);
  // The loop also goes over what is added meanwhile.
  for (const node of nodes) {
    const { type, value, position } = node as Partial<jsonata.ExprNode>;
    if (type === 'variable' && Object.hasOwn(refusedFunctions, value)) return { message: refusalOf(value), position };
    for (const part of Object.values(node)) if (typeof part === 'object' && part !== null) nodes.add(part);
  }
  return undefined;
}

/** The longest message. One can be as long as the text of `$error`. */
const longestMessage = 300;

/** JSONata throws objects that are no errors. What else can be thrown is an error of JavaScript, such as an overflow of the stack. */
function faultOf(thrown: unknown): ExpressionFault {
  const { message, position } = thrown as { message: string; position?: number };
  return { message: message.slice(0, longestMessage), position };
}

/** Takes texts of the event out of a message: it is kept longer than the event, and shown where the event is not. */
function withoutTexts(thrown: unknown): unknown {
  const { message, position, value, value2 } = thrown as Record<'message' | 'position' | 'value' | 'value2', unknown>;
  const texts = [value, value2].filter(
    (each) => typeof each === 'string' || (typeof each === 'object' && each !== null),
  );
  return {
    message: texts.reduce((rest: string, text) => rest.replaceAll(JSON.stringify(text), '…'), String(message)),
    position,
  };
}

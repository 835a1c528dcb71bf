/** The result of a test of an endpoint. */

import { printable } from '../../../shared/ground/base/printable.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { textsAbout } from '../answer-words.ts';
import { table } from './table.ts';

/** @param name the connection's name */
export function selfTestLines(
  result: ApiAnswer<'POST /v1/connections/{name}/endpoint/test'>,
  name: string,
  isColoured: boolean,
): string[] {
  const texts = textsAbout(name);
  return [
    ...table(
      ['STEP', 'OUTCOME', 'MS', 'ADVICE'],
      result.steps.map((each) => [each.step, each.outcome, String(each.ms ?? ''), texts.step(each)]),
      isColoured,
    ),
    ...[texts.notes(result)].filter(Boolean).map(printable),
  ];
}

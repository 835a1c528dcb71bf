/** Which lines of the functions' log the terminal leaves out. */
import * as z from 'zod/mini';

const readSchema = z.object({
  message: z.object({ route: z.templateLiteral([z.enum(['GET', 'HEAD']), ' ', z.string()]), status: z.int() }),
});

/** Whether a line is about a request that only read something, and could. An open console makes one every few seconds. */
export function isRead(line: string): boolean {
  try {
    const { success, data } = readSchema.safeParse(JSON.parse(line));
    return success && data.message.status < 400;
  } catch {
    return false;
  }
}

import { z } from 'zod';
import { SettingError, unusable } from './setting-error.ts';

/** The receiver of alarms: an SNS topic that exists, or an e-mail address, for which the stack makes a topic. */
export type AlarmTarget = { topicArn: string } | { email: string };

/** A standard topic. CloudWatch can't publish to a FIFO topic, whose name ends with `.fifo`. */
const topicForm = /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
/** Finds only typing mistakes. The owner must confirm the address anyway, in a mail from SNS. */
const emailForm = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

export const alarmTopicSchema = z
  .string()
  .regex(topicForm)
  .describe("The ARN of a standard SNS topic in the stack's region, which gets the alarms.");
export const alarmEmailSchema = z
  .string()
  .regex(emailForm)
  .describe('The address that gets the alarms. The stack makes an SNS topic for it.');

/**
 * Reads `alarmTopic` and `alarmEmail`. Returns undefined if neither is set.
 * @throws SettingError for a value that can't be used, and for both settings at once
 */
export function alarmTargetOf(topic: unknown, email: unknown): AlarmTarget | undefined {
  if (topic !== undefined && email !== undefined) {
    throw new SettingError("alarmTopic and alarmEmail can't be used together; subscribe the address to the topic");
  }
  if (topic !== undefined) return { topicArn: checked('alarmTopic', topic, alarmTopicSchema, topicAdvice) };
  if (email !== undefined) return { email: checked('alarmEmail', email, alarmEmailSchema, emailAdvice) };
  return undefined;
}

const topicAdvice =
  "use the ARN of a standard SNS topic in the stack's region, like arn:aws:sns:eu-central-1:123456789012:alarms";
const emailAdvice = 'use one address, like you@example.com';

function checked(name: 'alarmTopic' | 'alarmEmail', value: unknown, schema: z.ZodString, advice: string): string {
  const { data } = schema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable(name, value, advice);
}

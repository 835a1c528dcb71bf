import { z } from 'zod';
import { readSetting, type Setting } from './setting.ts';
import { SettingError } from './setting-error.ts';

/** The receiver of alarms: an SNS topic that exists, or an e-mail address, for which the stack makes a topic. */
export type AlarmTarget = { topicArn: string } | { email: string };

/** A standard topic. CloudWatch can't publish to a FIFO topic, whose name ends with `.fifo`. */
const topicForm = /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
/** Finds only typing mistakes. The owner must confirm the address anyway, in a mail from SNS. */
const emailForm = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

export const alarmTopic = {
  schema: z
    .string()
    .regex(topicForm)
    .describe("The ARN of a standard SNS topic in the stack's region, which gets the alarms."),
  advice:
    "use the ARN of a standard SNS topic in the stack's region, like arn:aws:sns:eu-central-1:123456789012:alarms",
} satisfies Setting;

export const alarmEmail = {
  schema: z
    .string()
    .regex(emailForm)
    .describe('The address that gets the alarms. The stack makes an SNS topic for it.'),
  advice: 'use one address, like you@example.com',
} satisfies Setting;

/**
 * Reads `alarmTopic` and `alarmEmail`. Returns undefined if neither is set.
 * @throws SettingError for a value that can't be used, and for both settings at once
 */
export function alarmTargetOf(topic: unknown, address: unknown): AlarmTarget | undefined {
  if (topic !== undefined && address !== undefined) {
    throw new SettingError("alarmTopic and alarmEmail can't be used together; subscribe the address to the topic");
  }
  const topicArn = readSetting('alarmTopic', alarmTopic, topic);
  const email = readSetting('alarmEmail', alarmEmail, address);
  if (topicArn) return { topicArn };
  return email ? { email } : undefined;
}

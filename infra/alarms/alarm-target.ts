/** Whom alarms tell: an SNS topic that exists, or an e-mail address, for which a topic is made. */
export type AlarmTarget = { topicArn: string } | { email: string };

/** A standard topic: CloudWatch can't publish to a FIFO topic, whose name ends with `.fifo`. */
const topicForm = /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
/** Good enough to find a slip: SNS sends a mail to the address, which has to be confirmed. */
const emailForm = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

/**
 * Whom the settings `alarmTopic` and `alarmEmail` name; undefined if neither is said.
 * @throws for a value that can't be used, and for both at once
 */
export function alarmTargetOf(topic: unknown, email: unknown): AlarmTarget | undefined {
  if (topic !== undefined && email !== undefined) {
    throw new Error('-c alarmTopic and -c alarmEmail can not be used together; subscribe the address to the topic');
  }
  if (topic !== undefined) {
    if (typeof topic === 'string' && topicForm.test(topic)) return { topicArn: topic };
    throw new Error(
      `-c alarmTopic=${String(topic)} can not be used; say the ARN of a standard SNS topic in the stack's region, like arn:aws:sns:eu-central-1:123456789012:alarms`,
    );
  }
  if (email === undefined) return undefined;
  if (typeof email === 'string' && emailForm.test(email)) return { email };
  throw new Error(`-c alarmEmail=${String(email)} can not be used; say one address, like you@example.com`);
}

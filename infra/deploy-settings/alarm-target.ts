import { readSetting, text } from './setting.ts';
import { SettingError } from './setting-error.ts';

/** The receiver of alarms: an SNS topic that exists, or an e-mail address, for which the stack makes a topic. */
export type AlarmTarget = { topicArn: string } | { email: string };

/** A standard topic. CloudWatch can't publish to a FIFO topic, whose name ends with `.fifo`. */
const topicForm = /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/;
/** Finds only typing mistakes. The owner must confirm the address anyway, in a mail from SNS. */
const emailForm = /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/;

export const alarmTopic = text({
  form: topicForm,
  description: "The ARN of a standard SNS topic in the stack's region, which gets the alarms.",
  advice:
    "use the ARN of a standard SNS topic in the stack's region, like arn:aws:sns:eu-central-1:123456789012:alarms",
});

export const alarmEmail = text({
  form: emailForm,
  description: 'The address that gets the alarms. The stack makes an SNS topic for it.',
  advice: 'use one address, like you@example.com',
});

export const warningTopic = text({
  form: topicForm,
  description:
    "The ARN of a standard SNS topic in the stack's region, which gets the alarms that can wait. alarmTopic or alarmEmail then gets the urgent ones alone.",
  advice: alarmTopic.advice,
});

export const warningEmail = text({
  form: emailForm,
  description: 'The address that gets the alarms that can wait. The stack makes an SNS topic for it.',
  advice: alarmEmail.advice,
});

const settings = { alarmTopic, alarmEmail, warningTopic, warningEmail };
type Given = Readonly<Partial<Record<keyof typeof settings, unknown>>>;

/** Why there is no target of the warnings alone. */
export const noUrgentTarget =
  'warningTopic and warningEmail need alarmTopic or alarmEmail; without one, the urgent alarms notify nobody';

function targetOf(kind: 'alarm' | 'warning', given: Given): AlarmTarget | undefined {
  const [topic, email] = [`${kind}Topic`, `${kind}Email`] as const;
  if (given[topic] !== undefined && given[email] !== undefined)
    throw new SettingError(`${topic} and ${email} can't be used together; subscribe the address to the topic`);
  const topicArn = readSetting(topic, settings[topic], given[topic]);
  const address = readSetting(email, settings[email], given[email]);
  if (topicArn) return { topicArn };
  return address ? { email: address } : undefined;
}

/** The receiver of alarms, and that of those which can wait. Undefined for a receiver that is not set. */
export interface AlarmTargets {
  alarmTarget: AlarmTarget | undefined;
  warningTarget: AlarmTarget | undefined;
}

/**
 * Reads the settings of the receivers.
 * @throws SettingError for a value that can't be used, for a topic and an address at once, and for warnings alone
 */
export function alarmTargetsOf(given: Given): AlarmTargets {
  const [alarmTarget, warningTarget] = [targetOf('alarm', given), targetOf('warning', given)];
  if (warningTarget && !alarmTarget) throw new SettingError(noUrgentTarget);
  return { alarmTarget, warningTarget };
}

/** The CDK app. Run by `cdk` and, for the local runtime, by `npm start`. */
import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { alarmTargetOf } from './alarms/alarm-target.ts';
import { claimOutdir } from './assembly-folder.ts';
import { examplesOf } from './example-rules.ts';
import { checkSettingNames, type SettingName } from './setting-names.ts';
import { HooklatchStack } from './stack.ts';
import { eventShardsOf, keepsData, publicUrlOf, replayCeilingOf, stageOf } from './stage.ts';
import { reservedConcurrencyOf, senderThrottleOf } from './throttles.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// What is written from here on is for this user alone: CDK would use the modes that the shell has set.
process.umask(0o077);
const app = new App();
claimOutdir(app.outdir);
checkSettingNames(Object.keys(app.node.getAllContext()));
const setting = (name: SettingName): unknown => app.node.tryGetContext(name);
const stage = stageOf(setting('stage') ?? 'dev');
new HooklatchStack(app, `hooklatch-${stage}`, {
  stage,
  version,
  publicUrl: publicUrlOf(setting('publicUrl')),
  eventShards: eventShardsOf(setting('eventShards')),
  alarmTarget: alarmTargetOf(setting('alarmTopic'), setting('alarmEmail')),
  senders: senderThrottleOf(setting('senderRate'), setting('senderBurst')),
  reservedConcurrency: reservedConcurrencyOf(setting('reservedConcurrency')),
  exampleRules: examplesOf(setting('exampleRules')),
  replayCeiling: replayCeilingOf(setting('replayCeiling')),
  // A new stack has a new API, and so another URL for every sender.
  terminationProtection: keepsData(stage),
  description: 'Hooklatch: receives webhooks at guarded URLs and stores them before it answers',
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

/** The CDK app. Run by `cdk` and, for the local runtime, by `npm start`. */
import { readFileSync } from 'node:fs';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { alarmTargetOf } from './alarm-target.ts';
import { examplesOf } from './example-rules.ts';
import { reservedConcurrencyOf, senderThrottleOf } from './limits.ts';
import { claimOutdir } from './outdir.ts';
import { orExit } from './setting-error.ts';
import { checkSettingNames, type SettingName } from './setting-names.ts';
import { HooklatchStack } from './stack.ts';
import { eventShardsOf, keepsData, publicUrlOf, replayCeilingOf, stageOf } from './stage.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// What is written from here on is for this user alone: CDK would use the modes that the shell has set.
process.umask(0o077);
const app = new App();
claimOutdir(app.outdir);
const settings = orExit(() => {
  checkSettingNames(Object.keys(app.node.getAllContext()));
  const setting = (name: SettingName): unknown => app.node.tryGetContext(name);
  return {
    stage: stageOf(setting('stage') ?? 'dev'),
    publicUrl: publicUrlOf(setting('publicUrl')),
    eventShards: eventShardsOf(setting('eventShards')),
    alarmTarget: alarmTargetOf(setting('alarmTopic'), setting('alarmEmail')),
    senders: senderThrottleOf(setting('senderRate'), setting('senderBurst')),
    reservedConcurrency: reservedConcurrencyOf(setting('reservedConcurrency')),
    exampleRules: examplesOf(setting('exampleRules')),
    replayCeiling: replayCeilingOf(setting('replayCeiling')),
  };
});
new HooklatchStack(app, `hooklatch-${settings.stage}`, {
  ...settings,
  version,
  // A new stack has a new API, and so another URL for every sender.
  terminationProtection: keepsData(settings.stage),
  description: 'Hooklatch: receives webhooks at guarded URLs and stores them before it answers',
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

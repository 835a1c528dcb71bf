/** The CDK app. `cdk` runs it, and so does `npm start` for the local runtime. */
import { Annotations, App, PermissionsBoundary, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { edgeRegion } from './deploy-settings/edge.ts';
import { claimOutputFolder } from './deploy-settings/output-folder.ts';
import { orExit } from './deploy-settings/setting-error.ts';
import { readDeploymentSettings } from './deploy-settings/settings.ts';
import { keepsData } from './deploy-settings/stage.ts';
import { EdgeStack } from './edge-stack.ts';
import { HooklatchStack } from './stack.ts';

// Only this user can read or change what is written from here on. Without this line, the shell's umask would decide.
process.umask(0o077);
const outputFolder = process.env['CDK_OUTDIR'];
// If CDK_OUTDIR is not set, CDK makes a temporary folder that only this user can enter.
if (outputFolder) orExit(() => claimOutputFolder(outputFolder));
const app = new App();
const context: Record<string, unknown> = app.node.getAllContext();
// The local runtime is an environment of its own: it has nothing of a stage's account, region or domain.
const folder = context['hooklatch:withoutStageFile'] ? undefined : process.cwd();
const settings = orExit(() => readDeploymentSettings(context, folder));
const { bootstrapQualifier: qualifier, boundaryPolicy } = settings;
// Every stack of the app takes it from there.
if (qualifier) app.node.setContext('@aws-cdk/core:bootstrapQualifier', qualifier);
const stack = new HooklatchStack(app, `hooklatch-${settings.stage}`, {
  ...settings,
  ...(boundaryPolicy && { permissionsBoundary: PermissionsBoundary.fromName(boundaryPolicy) }),
  // A new stack would have a new API, and every sender would need another URL.
  terminationProtection: keepsData(settings.stage),
  description: 'Hooklatch: receives webhooks at guarded URLs and stores them before it answers',
});
for (const warning of settings.warnings) Annotations.of(stack).addWarningV2('hooklatch:settings', warning);
if (settings.edge) {
  new EdgeStack(app, `hooklatch-${settings.stage}-edge-${settings.edge.apiRegion}`, {
    ...settings.edge,
    stage: settings.stage,
    env: { ...settings.env, region: edgeRegion },
    tags: settings.tags,
    terminationProtection: keepsData(settings.stage),
    description: 'Hooklatch: CloudFront and a firewall in front of the API',
  });
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

import type { Template } from '../../local/cloudformation/template.ts';

/**
 * The template without the functions that read the tables' streams. It is for tests of what happens before the answer.
 * With these functions, the tests would wait for everything that happens after it.
 */
export function withoutStreams(template: Template): Template {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => Type !== 'AWS::Lambda::EventSourceMapping');
  return { ...template, Resources: Object.fromEntries(kept) };
}

/** The template without the API's throttle, which a test may reach that sends many requests. */
export function withoutThrottle(template: Template): Template {
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type === 'AWS::ApiGatewayV2::Stage') delete Properties?.['RouteSettings'];
  }
  return template;
}

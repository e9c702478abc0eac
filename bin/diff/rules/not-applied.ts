import type { Finding } from '../finding';
import { Change, changesOf, Plan } from '../plan';
import { referencesIn } from '../references';
import { isRecord, Properties } from '../template';

const MERGE = 'https://github.com/aws/serverless-application-model/issues/1939';

/** Updates that succeed without applying the change. */
export function notApplied(plan: Plan): Finding[] {
  return changesOf(plan, 'update').flatMap((change) => [
    ...routeSettings(change, plan),
    ...accessLog(change),
    ...authorizationScopes(change),
    ...versions(change, plan),
  ]);
}

/** API Gateway merges an update of a stage with the stage’s current settings. */
function routeSettings({ before, after }: Change, plan: Plan): Finding[] {
  if (after?.type !== 'AWS::ApiGatewayV2::Stage') {
    return [];
  }
  const [was, is] = [before?.properties, after.properties].map((properties) =>
    isRecord(properties?.RouteSettings) ? Object.keys(properties.RouteSettings) : [],
  ) as [string[], string[]];
  const routes = new Set(
    [...plan.after.values()]
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
      .map(({ properties }) => properties.RouteKey),
  );
  return was
    .filter((key) => !is.includes(key))
    .map((key) => ({
      kind: 'not-applied',
      resource: after.label,
      what: routes.has(key)
        ? `keeps the settings of the route \`${key}\`, such as its throttle: an update never removes a key of RouteSettings`
        : `keeps the settings of the route \`${key}\`, which is gone: the next change of the stage fails with “Unable to find Route by key”`,
      remedy: `run \`aws apigatewayv2 delete-route-settings --api-id … --stage-name '$default' --route-key '${key}'\` ${routes.has(key) ? 'after' : 'before'} the deployment`,
      source: MERGE,
    }));
}

function accessLog({ before, after }: Change): Finding[] {
  return after?.type === 'AWS::ApiGatewayV2::Stage' &&
    before?.properties.AccessLogSettings !== undefined &&
    after.properties.AccessLogSettings === undefined
    ? [
        {
          kind: 'not-applied',
          resource: after.label,
          what: 'may keep its access log: an update without AccessLogSettings leaves them unchanged',
          remedy: 'run `aws apigatewayv2 delete-access-log-settings` after the deployment',
          source: MERGE,
        },
      ]
    : [];
}

function authorizationScopes({ before, after }: Change): Finding[] {
  return after?.type === 'AWS::ApiGatewayV2::Route' &&
    before?.properties.AuthorizationScopes !== undefined &&
    after.properties.AuthorizationScopes === undefined &&
    after.properties.AuthorizationType === 'JWT'
    ? [
        {
          kind: 'not-applied',
          resource: after.label,
          what: 'may keep its scopes: an update without AuthorizationScopes leaves them unchanged',
          remedy: 'write `authorizationScopes: []`',
          source: MERGE,
        },
      ]
    : [];
}

/** Callers of an alias see a change of the function only with a new version. */
function versions({ before, after, properties }: Change, { changes, after: all }: Plan): Finding[] {
  const relevant = properties.filter((name) => !UNVERSIONED.has(name));
  if (after?.type !== 'AWS::Lambda::Function' || before === undefined || relevant.length === 0) {
    return [];
  }
  const names = (resource: { readonly properties: Properties }): boolean =>
    referencesIn(resource.properties.FunctionName).some(({ $ref }) => $ref === after.address);
  const version = [...all.values()].find(
    (resource) => resource.type === 'AWS::Lambda::Version' && names(resource),
  );
  const served = [...all.values()].some(
    (resource) => resource.type === 'AWS::Lambda::Alias' && names(resource),
  );
  return served && version !== undefined && changes.get(version.address)?.action === 'keep'
    ? [
        {
          kind: 'not-applied',
          resource: after.label,
          what: `changes (${relevant.join(', ')}), but its alias keeps the present version until the code or configuration changes`,
          remedy: 'change an environment variable of the function in the same deployment',
          source: 'https://github.com/aws/aws-cdk/issues/25997',
        },
      ]
    : [];
}

/** Properties of a function that are not part of its versions. */
const UNVERSIONED = new Set([
  'Tags',
  'ReservedConcurrentExecutions',
  'RecursiveLoop',
  'RuntimeManagementConfig',
  'CodeSigningConfigArn',
]);

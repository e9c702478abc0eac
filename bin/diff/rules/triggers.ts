import type { Finding } from '../finding';
import { formatValue, nameOf } from '../labels';
import type { PlacedResource, PlacedResources } from '../placed-resource';
import type { Plan } from '../plan';
import { referencesIn } from '../references';
import { isRecord, Properties } from '../template';
import { restRoutes } from './rest-routes';

interface Trigger {
  /** The event as text: `GET /orders/{id}`. */
  readonly what: string;
  /** The function or state machine that the event runs. */
  readonly runs: string;
}

/** Events that run another function than before, run a function for the first time, or no longer run one. */
export function triggerChanges({ before, after }: Plan): Finding[] {
  const [was, is] = [byEvent(before), byEvent(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((what): Finding[] => {
    const [old, now] = [was.get(what) ?? [], is.get(what) ?? []];
    if (old.join() === now.join()) {
      return [];
    }
    const [from, to] = [old.join(' and '), now.join(' and ')];
    if (old.length === 0) {
      return [{ kind: 'trigger-added', resource: to, what: `now runs on ${what}` }];
    }
    return now.length === 0
      ? [{ kind: 'trigger-removed', resource: from, what: `no longer runs on ${what}` }]
      : [
          {
            kind: 'trigger-moved',
            resource: to,
            what: `now runs on ${what}, which ran ${from} before`,
          },
        ];
  });
}

/** The functions that each event runs. */
function byEvent(resources: PlacedResources): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const resource of resources.values()) {
    for (const { what, runs } of [
      ...triggersOf(resource, resources),
      ...restTriggers(resource, resources),
    ]) {
      found.set(what, [...new Set([...(found.get(what) ?? []), runs])].sort());
    }
  }
  return found;
}

function triggersOf({ type, label, properties }: PlacedResource, all: PlacedResources): Trigger[] {
  const runs = (value: unknown): string[] => functionsIn(value, all);
  const trigger = (what: string, value: unknown): Trigger[] =>
    runs(value).map((fn) => ({ what, runs: fn }));
  switch (type) {
    case 'AWS::ApiGatewayV2::Route': {
      const integrations = referencesIn(properties.Target).map(({ $ref }) => all.get($ref));
      return integrations.flatMap((one) =>
        trigger(formatValue(properties.RouteKey, all), [
          one?.properties.IntegrationUri,
          one?.properties.RequestParameters,
        ]),
      );
    }
    case 'AWS::Lambda::EventSourceMapping':
      return trigger(
        `records of ${formatValue(properties.EventSourceArn, all)}`,
        properties.FunctionName,
      );
    case 'AWS::S3::Bucket':
      return notifications(properties).flatMap(({ Event, Filter, Function: target }) =>
        trigger(`${formatValue(Event, all)}${filterInWords(Filter)} of ${nameOf(label)}`, target),
      );
    case 'AWS::Scheduler::Schedule': {
      const zone = formatValue(properties.ScheduleExpressionTimezone ?? 'UTC', all);
      const target = isRecord(properties.Target) ? properties.Target.Arn : undefined;
      return trigger(`${formatValue(properties.ScheduleExpression, all)} ${zone}`, target);
    }
    case 'AWS::Events::Rule': {
      const { EventPattern, ScheduleExpression, Targets } = properties;
      const when = EventPattern === undefined ? ScheduleExpression : EventPattern;
      return trigger(`events ${patternInWords(when, all)}`, Targets);
    }
    case 'AWS::SNS::Subscription':
      return trigger(`messages of ${formatValue(properties.TopicArn, all)}`, properties.Endpoint);
    case 'AWS::Cognito::UserPool':
      return Object.entries(
        isRecord(properties.LambdaConfig) ? properties.LambdaConfig : {},
      ).flatMap(([operation, target]) => trigger(`${operation} of ${nameOf(label)}`, target));
    case 'AWS::Lambda::Url':
      return runs(properties.TargetFunctionArn).map((fn) => ({
        what: `requests to the function URL of ${fn}`,
        runs: fn,
      }));
    default:
      return [];
  }
}

function restTriggers(resource: PlacedResource, all: PlacedResources): Trigger[] {
  return restRoutes(resource, all).flatMap(({ route, target }) =>
    functionsIn(target, all).map((fn) => ({ what: route, runs: fn })),
  );
}

function notifications({ NotificationConfiguration }: Properties): Properties[] {
  const list = isRecord(NotificationConfiguration)
    ? NotificationConfiguration.LambdaConfigurations
    : undefined;
  return Array.isArray(list) ? (list as unknown[]).filter(isRecord) : [];
}

/** `{"S3Key":{"Rules":[{"Name":"prefix","Value":"in/"}]}}` is ` (prefix in/)`. */
function filterInWords(filter: unknown): string {
  const key = isRecord(filter) && isRecord(filter.S3Key) ? filter.S3Key.Rules : undefined;
  const rules = Array.isArray(key) ? (key as unknown[]).filter(isRecord) : [];
  return rules.length === 0
    ? ''
    : ` (${rules.map(({ Name, Value }) => `${String(Name)} ${String(Value)}`).join(', ')})`;
}

function patternInWords(pattern: unknown, all: PlacedResources): string {
  return isRecord(pattern)
    ? Object.entries(pattern)
        .map(([key, value]) =>
          isRecord(value) ? patternInWords(value, all) : `${key} ${formatValue(value, all)}`,
        )
        .join(', ')
    : formatValue(pattern, all);
}

/** The functions that a value refers to, directly or through an alias, and the state machines. */
function functionsIn(value: unknown, all: PlacedResources): string[] {
  return referencesIn(value).flatMap(({ $ref }) => {
    const resource = all.get($ref);
    if (resource === undefined) {
      return [];
    }
    switch (resource.type) {
      case 'AWS::Lambda::Function':
      case 'AWS::StepFunctions::StateMachine':
        return nameOf(resource.label);
      case 'AWS::Lambda::Alias':
        return functionsIn(resource.properties.FunctionName, all);
      default:
        return [];
    }
  });
}

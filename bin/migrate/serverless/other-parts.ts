import type { Note } from '../model';
import { noteUnknownKeys, PROVIDER_KEYS } from '../read/unknown-keys';
import { mapOf, textOf, ValueMap } from '../value';

export function noteOthers(
  document: ValueMap,
  provider: ValueMap,
  note: (note: Note) => void,
): void {
  const lost: Readonly<Record<string, string>> = {
    hooks: 'the framework’s hooks do not run; use scripts in package.json',
    functionGroups: 'functions are not grouped',
  };
  for (const [key, text] of Object.entries(lost)) {
    if (document[key] !== undefined) {
      note({ kind: 'lost', at: key, text });
    }
  }
  noteUnknownKeys(provider, PROVIDER_KEYS, 'provider', note);
  if (provider.logRetentionInDays !== undefined) {
    note({
      kind: 'differs',
      at: 'provider.logRetentionInDays',
      text: `the app keeps logs for 3 months in production and 1 week in development, in one log group; \`logGroup: new logs.LogGroup(…)\` in the app changes that (the source: ${textOf(provider.logRetentionInDays) ?? ''} days)`,
    });
  }
  for (const key of [
    'websocketsApiName',
    'alb',
    's3',
    'deploymentBucket',
    'vpcEndpointIds',
    'resourcePolicy',
    'cloudFront',
    'kinesis',
  ]) {
    if (provider[key] !== undefined) {
      note({
        kind: key === 'deploymentBucket' ? 'check' : 'lost',
        at: `provider.${key}`,
        text:
          key === 'deploymentBucket'
            ? 'the CDK’s bootstrap bucket holds the assets'
            : 'not carried over',
      });
    }
  }
  const gateway = mapOf(provider.apiGateway);
  if (gateway.restApiId !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.apiGateway.restApiId',
      text: 'routes of another stack’s REST API are not carried over: the app has its own API',
    });
  }
  if (gateway.resourcePolicy !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.apiGateway.resourcePolicy',
      text: 'write it as `rest: { policy }`',
    });
  }
  if (mapOf(provider.httpApi).id !== undefined) {
    note({
      kind: 'lost',
      at: 'provider.httpApi.id',
      text: 'routes of another stack’s HTTP API are not carried over; `http: { api: HttpApi.fromHttpApiAttributes(…) }` names it',
    });
  }
}

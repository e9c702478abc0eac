import { Duration, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { freshnessToCome } from '../monitoring/freshness';
import {
  APP_MODEL_SCHEMA_VERSION,
  AppModel,
  ExpiringFacts,
  ResourceFacts,
} from '../model/app-model';
import { accountLimits } from '../scaling/account-limits';
import type { ServerlessApp } from '../app/serverless-app';
import type { ServerlessAppProps } from '../app/serverless-app-props';
import { BUCKET_DEFAULTS, FAILURE_DEFAULTS } from '../core/defaults';
import { logGroupFacts } from '../core/log-facts';
import { appUsageFacts } from '../estimate/usage-facts';

/** The model of an app that has nothing yet. */
export function emptyModel(
  app: ServerlessApp,
  { sharding, scaling = {}, usage }: ServerlessAppProps,
): AppModel {
  const stack = Stack.of(app);
  const { region, account } = stack;
  return {
    schemaVersion: APP_MODEL_SCHEMA_VERSION,
    app: {
      id: app.node.id,
      path: app.node.path,
      stage: app.stage,
      stack: stack.stackName,
      region,
      account,
      shards: sharding?.count,
      limits: accountLimits(scaling, region),
    },
    functions: [],
    tables: [],
    buckets: [],
    monitoring: { alarms: [], customMetrics: [], dashboards: [] },
    keys: [],
    defaults: [],
    usage: appUsageFacts(usage, app._check.at('usage')),
  };
}

/** The model of what is declared so far, with the alarms that are made at its synthesis. */
export function declaredModel(app: ServerlessApp): AppModel {
  const model = completeModel(app);
  const alarms = [...model.monitoring.alarms, ...freshnessToCome(app)];
  return { ...model, monitoring: { ...model.monitoring, alarms } };
}

/** The model with what is made only when it is needed. */
export function completeModel(app: ServerlessApp): AppModel {
  const { existingBucket: accessLogs } = app._accessLogs;
  const { existingQueue: queue, existingBucket: bucket } = app._failures;
  const facts = (resource: IConstruct, name: string): ResourceFacts => ({
    id: resource.node.id,
    path: resource.node.path,
    name,
    made: resource.node.scope === app,
  });
  const expiring = (resource: IConstruct, name: string, retention: Duration): ExpiringFacts => {
    const bucket = facts(resource, name);
    return bucket.made ? { ...bucket, retentionDays: retention.toDays() } : bucket;
  };
  return {
    ...app._model,
    monitoring: {
      ...app._model.monitoring,
      alarms: app._model.monitoring.alarms.map((alarm) =>
        alarm.id === 'RunRate'
          ? { ...alarm, metrics: app._monitoring.runRate.facts?.metrics.length ?? alarm.metrics }
          : alarm,
      ),
      customMetrics: [
        ...app._model.monitoring.customMetrics,
        ...app._monitoring.logMetrics.customMetrics,
      ],
      runRate: app._monitoring.runRate.facts,
    },
    defaults: app._changes.facts(),
    http: app._existingHttp?.facts,
    failureQueue: queue && facts(queue, queue.queueName),
    failureBucket: bucket && expiring(bucket, bucket.bucketName, FAILURE_DEFAULTS.recordRetention),
    logGroup: logGroupFacts(app.logGroup, app),
    accessLogsBucket:
      accessLogs && expiring(accessLogs, accessLogs.bucketName, BUCKET_DEFAULTS.accessLogRetention),
  };
}

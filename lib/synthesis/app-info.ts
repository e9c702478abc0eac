import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { missedScheduleToCome } from '../monitoring/missed-schedule';
import { AppModel, ExpiringModel, ResourceModel } from '../model/app-model';
import { BUCKET_DEFAULTS, FAILURE_DEFAULTS } from '../core/defaults';
import { logGroupModel } from '../core/log-group-model';
import { AccessLogs } from '../storage/access-logs';
import { AppContext } from '../core/app-context';
import { Failures } from '../failure/failures';
import type { IServerlessApp } from '../core/contract';
import { uncountedOf } from './uncounted';
import { withGrantedAccess } from './granted-access';
import { Workflows } from '../workflow/workflows';
import { Sites } from '../site/sites';
import { LogMetrics } from '../monitoring/log-metrics';
import { RunRate } from '../monitoring/run-rate';

/** The model of what is declared so far, with the alarms that synthesis will add. */
export function declaredModel(app: IServerlessApp): AppModel {
  const model = completeModel(app);
  const alarms = [...model.monitoring.alarms, ...missedScheduleToCome(app)];
  return { ...model, monitoring: { ...model.monitoring, alarms } };
}

/** The model, including the parts that are created only when needed. */
export function completeModel(app: IServerlessApp): AppModel {
  const { existingBucket: accessLogs } = AccessLogs.of(app);
  const {
    existingQueue: queue,
    existingFifoQueue: fifoQueue,
    existingBucket: bucket,
  } = Failures.of(app);
  const resourceModel = (resource: IConstruct, name: string): ResourceModel => ({
    id: resource.node.id,
    path: resource.node.path,
    name,
    made: resource.node.scope === app,
  });
  const expiring = (resource: IConstruct, name: string, retention: Duration): ExpiringModel => {
    const bucket = resourceModel(resource, name);
    return bucket.made ? { ...bucket, retentionDays: retention.toDays() } : bucket;
  };
  const model: AppModel = {
    ...AppContext.of(app).model,
    functions: withGrantedAccess(app, AppContext.of(app).model.functions),
    monitoring: {
      ...AppContext.of(app).model.monitoring,
      alarms: AppContext.of(app).model.monitoring.alarms.map((alarm) =>
        alarm.id === 'RunRate'
          ? { ...alarm, metrics: RunRate.of(app).model?.metrics.length ?? alarm.metrics }
          : alarm,
      ),
      customMetrics: [
        ...AppContext.of(app).model.monitoring.customMetrics,
        ...LogMetrics.of(app).customMetrics,
      ],
      runRate: RunRate.of(app).model,
    },
    defaults: AppContext.of(app).changes.model(),
    failureQueue: queue && resourceModel(queue, queue.queueName),
    fifoFailureQueue: fifoQueue && resourceModel(fifoQueue, fifoQueue.queueName),
    failureBucket: bucket && expiring(bucket, bucket.bucketName, FAILURE_DEFAULTS.recordRetention),
    logGroup: logGroupModel(app.logGroup, app),
    accessLogsBucket:
      accessLogs && expiring(accessLogs, accessLogs.bucketName, BUCKET_DEFAULTS.accessLogRetention),
  };
  const { models: workflows } = Workflows.of(app);
  if (workflows !== undefined) {
    model.workflows = workflows;
  }
  const { models: sites } = Sites.of(app);
  if (sites !== undefined) {
    model.sites = sites;
  }
  const uncounted = uncountedOf(app, model);
  return uncounted.length === 0 ? model : { ...model, uncounted };
}

import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { freshnessToCome } from '../monitoring/freshness';
import { AppModel, ExpiringFacts, ResourceFacts } from '../model/app-model';
import { BUCKET_DEFAULTS, FAILURE_DEFAULTS } from '../core/defaults';
import { logGroupFacts } from '../core/log-facts';
import { AccessLogs } from '../storage/access-logs';
import { AppContext } from '../core/app-context';
import { Failures } from '../failure/failures';
import type { IServerlessApp } from '../core/contract';
import { LogMetrics } from '../monitoring/log-metrics';
import { RunRate } from '../monitoring/run-rate';

/** The model of what is declared so far, with the alarms that are made at its synthesis. */
export function declaredModel(app: IServerlessApp): AppModel {
  const model = completeModel(app);
  const alarms = [...model.monitoring.alarms, ...freshnessToCome(app)];
  return { ...model, monitoring: { ...model.monitoring, alarms } };
}

/** The model with what is made only when it is needed. */
export function completeModel(app: IServerlessApp): AppModel {
  const { existingBucket: accessLogs } = AccessLogs.of(app);
  const {
    existingQueue: queue,
    existingFifoQueue: fifoQueue,
    existingBucket: bucket,
  } = Failures.of(app);
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
    ...AppContext.of(app).model,
    monitoring: {
      ...AppContext.of(app).model.monitoring,
      alarms: AppContext.of(app).model.monitoring.alarms.map((alarm) =>
        alarm.id === 'RunRate'
          ? { ...alarm, metrics: RunRate.of(app).facts?.metrics.length ?? alarm.metrics }
          : alarm,
      ),
      customMetrics: [
        ...AppContext.of(app).model.monitoring.customMetrics,
        ...LogMetrics.of(app).customMetrics,
      ],
      runRate: RunRate.of(app).facts,
    },
    defaults: AppContext.of(app).changes.facts(),
    failureQueue: queue && facts(queue, queue.queueName),
    fifoFailureQueue: fifoQueue && facts(fifoQueue, fifoQueue.queueName),
    failureBucket: bucket && expiring(bucket, bucket.bucketName, FAILURE_DEFAULTS.recordRetention),
    logGroup: logGroupFacts(app.logGroup, app),
    accessLogsBucket:
      accessLogs && expiring(accessLogs, accessLogs.bucketName, BUCKET_DEFAULTS.accessLogRetention),
  };
}

import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { TableModel } from '../model/app-model';
import { AppTableProps } from './app-table-props';
import { AppBucket } from './app-bucket';
import { requireFreeId } from '../core/free-ids';
import { claimName } from '../core/physical-names';
import { AccessLogs } from './access-logs';
import { makeBucket, makeTable } from './storage';
import { BUCKET_PROPS } from './bucket-prop-set';
import { TABLE_PROPS } from './table-prop-set';
import { checkProps } from '../props/check-props';
import { tableCostModel } from './table-cost-model';
import { checkTableProps, tableThroughput } from './table-rules';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';

/** Creates a table of the app, checks its props and records it in the model. */
export function addTable(
  app: IServerlessApp,
  id: string,
  props: AppTableProps,
  further: Pick<TableModel, 'temporary'> = {},
): dynamodb.TableV2 {
  const { defaults, changes, model, check: appCheck } = AppContext.of(app);
  requireFreeId(AppContext.of(app), id, 'tables', 'give it another id');
  const check = appCheck.at(`tables.${id}`);
  checkProps(props, TABLE_PROPS, check);
  checkTableProps(props, check);
  changes.record(props, TABLE_PROPS, `tables.${id}`);
  claimName(app, 'tableName', props.tableName, check);
  const table = check.withPropPath('', () => makeTable(app, id, props, defaults));
  model.tables.push({
    id,
    path: table.node.path,
    name: table.tableName,
    made: true,
    ...tableThroughput(props),
    ...tableCostModel(props, defaults),
    ...further,
  });
  return table;
}

/** Creates a bucket of the app, checks its props and records it in the model. */
export function addBucket(app: IServerlessApp, id: string, props: s3.BucketProps): AppBucket {
  requireFreeId(AppContext.of(app), id, 'buckets', 'give it another id');
  const check = AppContext.of(app).check.at(`buckets.${id}`);
  checkProps(props, BUCKET_PROPS, check);
  AppContext.of(app).changes.record(props, BUCKET_PROPS, `buckets.${id}`);
  claimName(app, 'bucketName', props.bucketName, check);
  const bucket = check.withPropPath('', () => makeAppBucket(app, id, props));
  AppContext.of(app).model.buckets.push({
    id,
    path: bucket.node.path,
    name: bucket.bucketName,
    made: true,
  });
  return bucket;
}

/**
 * Creates a bucket with the app's defaults and, unless the user configured them, with server access logs.
 *
 * @param scope the app, or a construct in it
 * @param named whether the bucket has a deterministic name, which notifications need
 */
export function makeAppBucket(
  scope: Construct,
  id: string,
  props: s3.BucketProps,
  named = true,
): AppBucket {
  const bucket = makeBucket(scope, id, props, AppContext.of(scope).defaults, named);
  AccessLogs.of(scope).follow(bucket, props);
  return bucket;
}

import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppTableProps } from './app-table-props';
import type { ServerlessApp } from '../app/serverless-app';
import { AppBucket } from './app-bucket';
import { BUCKET_PROPS } from './bucket-prop-set';
import { TABLE_PROPS } from './table-prop-set';
import { StageDefaults } from '../core/defaults';
import { requireFreeId } from '../core/free-ids';
import { claimName } from '../core/physical-names';
import { checkProps } from '../props/check-props';
import { makeTable } from './storage';
import { tableCostFacts } from './table-cost-facts';
import { checkTableProps, tableThroughput } from './table-rules';

/** A table of the app, checked and recorded in its model. */
export function addTable(
  app: ServerlessApp,
  id: string,
  props: AppTableProps,
  defaults: StageDefaults,
): dynamodb.TableV2 {
  requireFreeId(app, id, 'tables', 'give it another id');
  const check = app._check.at(`tables.${id}`);
  checkProps(props, TABLE_PROPS, check);
  checkTableProps(props, check);
  app._changes.record(props, TABLE_PROPS, `tables.${id}`);
  claimName(app, 'tableName', props.tableName, check);
  const table = check.relay('', () => makeTable(app, id, props, defaults));
  app._model.tables.push({
    id,
    path: table.node.path,
    name: table.tableName,
    made: true,
    ...tableThroughput(props),
    ...tableCostFacts(props, defaults),
  });
  return table;
}

/** A bucket of the app, checked and recorded in its model. */
export function addBucket(app: ServerlessApp, id: string, props: s3.BucketProps): AppBucket {
  requireFreeId(app, id, 'buckets', 'give it another id');
  const check = app._check.at(`buckets.${id}`);
  checkProps(props, BUCKET_PROPS, check);
  app._changes.record(props, BUCKET_PROPS, `buckets.${id}`);
  claimName(app, 'bucketName', props.bucketName, check);
  const bucket = check.relay('', () => app._makeBucket(id, props));
  app._model.buckets.push({ id, path: bucket.node.path, name: bucket.bucketName, made: true });
  return bucket;
}

import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { AppFunction } from '../function/app-function';
import { AppFunctionOptions } from '../function/app-function-props';
import {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  TableChangeFunctionOptions,
} from './serverless-app-props';
import {
  HTTP_OPTIONS,
  OBJECT_OPTIONS,
  SCHEDULE_OPTIONS,
  TABLE_CHANGES_OPTIONS,
} from '../trigger/option-names';
import { Trigger } from '../trigger/trigger';
import { IServerlessApp, ITrigger } from '../core/contract';
import { functionIdFromEntry } from '../core/names';
import { splitOptions } from '../props/options';
import { AppContext } from '../core/app-context';

// Functions with one trigger, whose options stand among the function's own.

export function onRequest(
  app: IServerlessApp,
  route: string,
  entry: string,
  options: RequestFunctionOptions,
): AppFunction {
  const { picked, rest } = splitOptions(options, HTTP_OPTIONS, AppContext.of(app).check);
  return addShort(app, entry, rest, Trigger.http(route, picked));
}

export function onTableChange(
  app: IServerlessApp,
  table: dynamodb.ITable,
  entry: string,
  options: TableChangeFunctionOptions,
): AppFunction {
  const { picked, rest } = splitOptions(options, TABLE_CHANGES_OPTIONS, AppContext.of(app).check);
  return addShort(app, entry, rest, Trigger.tableChanges(table, picked));
}

export function onObjectCreated(
  app: IServerlessApp,
  bucket: s3.IBucket,
  entry: string,
  options: ObjectFunctionOptions,
): AppFunction {
  const { picked, rest } = splitOptions(options, OBJECT_OPTIONS, AppContext.of(app).check);
  return addShort(app, entry, rest, Trigger.objectCreated(bucket, picked));
}

export function onSchedule(
  app: IServerlessApp,
  schedule: scheduler.ScheduleExpression,
  entry: string,
  options: ScheduleFunctionOptions,
): AppFunction {
  const { picked, rest } = splitOptions(options, SCHEDULE_OPTIONS, AppContext.of(app).check);
  return addShort(app, entry, rest, Trigger.schedule(schedule, picked));
}

function addShort(
  app: IServerlessApp,
  entry: string,
  options: AppFunctionOptions & { readonly id?: string },
  trigger: ITrigger,
): AppFunction {
  const { id = functionIdFromEntry(entry, AppContext.of(app).check), ...rest } = options;
  return new AppFunction(app, id, { ...rest, entry, triggers: [trigger] });
}

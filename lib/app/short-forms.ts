import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { AppFunction } from '../function/app-function';
import { AppFunctionOptions } from '../function/app-function-props';
import { functionIdFromEntry } from '../core/names';
import { ITrigger } from '../core/contract';
import { FUNCTION_OPTIONS_PROPS } from '../function/function-prop-set';
import { checkProp, requireStruct } from '../props/check-props';
import { text } from '../props/kinds';
import { splitOptions } from '../props/options';
import type { PropSet } from '../props/prop';
import { propsOf } from '../props/prop-set';
import { HTTP_TRIGGER_PROPS } from '../trigger/http/http-trigger';
import { OBJECT_TRIGGER_PROPS } from '../trigger/object/object-trigger';
import { SCHEDULE_TRIGGER_PROPS } from '../trigger/schedule/schedule-trigger';
import { TABLE_CHANGES_TRIGGER_PROPS } from '../trigger/table-changes/table-changes-trigger';
import { Trigger } from '../trigger/trigger';
import {
  ObjectFunctionOptions,
  RequestFunctionOptions,
  ScheduleFunctionOptions,
  TableChangeFunctionOptions,
} from './serverless-app-props';
import { IServerlessApp } from '../core/contract';
import { AppContext } from '../core/app-context';

// Functions with one trigger, whose options are given together with the function's.

export function onRequest(
  app: IServerlessApp,
  route: string,
  entry: string,
  options: RequestFunctionOptions,
): AppFunction {
  return addShort(app, entry, options, HTTP_TRIGGER_PROPS, (own) => Trigger.http(route, own));
}

export function onTableChange(
  app: IServerlessApp,
  table: dynamodb.ITable,
  entry: string,
  options: TableChangeFunctionOptions,
): AppFunction {
  return addShort(app, entry, options, TABLE_CHANGES_TRIGGER_PROPS, (own) =>
    Trigger.tableChanges(table, own),
  );
}

export function onObjectCreated(
  app: IServerlessApp,
  bucket: s3.IBucket,
  entry: string,
  options: ObjectFunctionOptions,
): AppFunction {
  return addShort(app, entry, options, OBJECT_TRIGGER_PROPS, (own) =>
    Trigger.objectCreated(bucket, own),
  );
}

export function onSchedule(
  app: IServerlessApp,
  schedule: scheduler.ScheduleExpression,
  entry: string,
  options: ScheduleFunctionOptions,
): AppFunction {
  return addShort(app, entry, options, SCHEDULE_TRIGGER_PROPS, (own) =>
    Trigger.schedule(schedule, own),
  );
}

interface ShortFormOptions extends AppFunctionOptions {
  readonly id?: string;
}

const SHORT_FORM_PROPS = propsOf<ShortFormOptions>(...FUNCTION_OPTIONS_PROPS.cdk)({
  ...FUNCTION_OPTIONS_PROPS.props,
  id: text(),
});

/** Adds a function whose options are given together with those of its one trigger. */
function addShort<T extends object>(
  app: IServerlessApp,
  entry: string,
  options: ShortFormOptions & T,
  ofTrigger: PropSet<T>,
  trigger: (options: T) => ITrigger,
): AppFunction {
  const check = AppContext.of(app).check;
  requireStruct(options, check, 'options');
  checkProp(options.id, 'options.id', SHORT_FORM_PROPS.props.id, check);
  const id = options.id ?? functionIdFromEntry(entry, check);
  const at = check.at(`functions.${id}`);
  const { own, others } = splitOptions<T, ShortFormOptions>(
    options,
    ofTrigger,
    SHORT_FORM_PROPS,
    at,
  );
  const { id: _, ...ofFunction } = others;
  return new AppFunction(app, id, { ...ofFunction, entry, triggers: [trigger(own)] });
}

import { Duration, TimeZone } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import {
  AppFunctionOptions,
  AppTableProps,
  ColdStart,
  HttpTriggerOptions,
  ObjectTriggerOptions,
  Rollout,
  ScheduleTriggerOptions,
  ServerlessApp,
  ServerlessAppProps,
  StreamTriggerOptions,
  TableChangesTriggerOptions,
} from 'cdk-serverless-app';
import type { FindingKind } from '../../../bin/diff/finding';
import type { Version } from '../support/versions';

/** A change of an app as its user would make it. */
export interface Edit {
  readonly name: string;
  /** The app before and after; with more than two, deployments one after the other. */
  readonly versions: readonly Version[];
  readonly trouble?: Trouble;
}

/** Why an edit is not fine. */
export interface Trouble {
  readonly kinds: readonly FindingKind[];
  /** What happens, for the documentation. */
  readonly what: string;
  /** How to do it instead, for the documentation. */
  readonly instead: string;
  /** The same as deployments of which none fails or loses anything, where it can be done so. */
  readonly steps?: readonly Version[];
}

export type Declare = Version['declare'];

export const version = (declare: Declare, props: ServerlessAppProps = {}): Version => ({
  declare,
  props,
});

export const fine = (name: string, ...versions: readonly Version[]): Edit => ({ name, versions });

export const troubled = (name: string, versions: readonly Version[], trouble: Trouble): Edit => ({
  name,
  versions,
  trouble,
});

export const both =
  (...parts: readonly Declare[]): Declare =>
  (app, stack) => {
    parts.forEach((part) => {
      part(app, stack);
    });
  };

/** So that no edit empties the stack or makes its first API. */
export const always: Declare = (app) => {
  app.onRequest('GET /health', 'third.ts', { id: 'Health' });
};

export const route = (
  key: string,
  id: string,
  options: HttpTriggerOptions & AppFunctionOptions = {},
): Declare =>
  both(always, (app) => {
    app.onRequest(key, 'ok.ts', { id, ...options });
  });

export const tableOf = (app: ServerlessApp, props: Partial<AppTableProps> = {}): dynamodb.TableV2 =>
  app.addTable('Ledger', { partitionKey: 'id', ...props });

export const changes = (
  id: string,
  options: TableChangesTriggerOptions & AppFunctionOptions = {},
): Declare =>
  both(always, (app) => {
    app.onTableChange(tableOf(app), 'ok.ts', { id, ...options });
  });

export const records = (
  id: string,
  options: StreamTriggerOptions & AppFunctionOptions = {},
): Declare =>
  both(always, (app) => {
    app.onRecord(app.addStream('Clicks'), 'ok.ts', { id, ...options });
  });

export const objects = (
  id: string,
  options: ObjectTriggerOptions & AppFunctionOptions = {},
): Declare =>
  both(always, (app) => {
    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts', { id, ...options });
  });

export const NIGHTLY = scheduler.ScheduleExpression.cron({
  hour: '2',
  minute: '0',
  timeZone: TimeZone.EUROPE_WARSAW,
});

export const schedule = (
  id: string,
  options: ScheduleTriggerOptions & AppFunctionOptions = {},
  when = NIGHTLY,
): Declare =>
  both(always, (app) => {
    app.onSchedule(when, 'ok.ts', { id, ...options });
  });

export const WARM = { coldStart: ColdStart.provisioned({ min: 1 }) };
export const SCALED = { coldStart: ColdStart.provisioned({ min: 1, max: 4 }) };
export const ROLLED = {
  rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5) }),
};

/** An app with each kind of trigger. */
export const whole: Declare = (app) => {
  const orders = tableOf(app);
  const uploads = app.addBucket('Uploads');
  app.onRequest('GET /orders/{id}', 'ok.ts', { id: 'GetOrder' }).reads(orders);
  app.onRequest('POST /orders', 'ok.ts', { id: 'CreateOrder' }).writes(orders);
  app.onTableChange(orders, 'ok.ts', { id: 'ProjectOrder' });
  app.onObjectCreated(uploads, 'ok.ts', { id: 'ImportOrders' }).reads(uploads);
  app.onSchedule(NIGHTLY, 'ok.ts', { id: 'CloseDay' }).reads(orders);
};

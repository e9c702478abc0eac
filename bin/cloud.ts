import type { AppModel } from '../lib/model/app-model';
import type { AwsOptions } from './aws/clients';
import type { AccountReader } from './doctor/account-reader';
import type { FailureBucket, FailureQueue, FunctionRunner } from './failures/failure';
import type { LogReader } from './logs/log-reader';
import type { MetricReader } from './metrics/metric-reader';
import type { SiteBucket, SiteCache } from './site/site-store';
import type { StackReader } from './deployed-stack';
import type { EventSender } from './invoke/event-sender';

/** The parts of AWS that the commands use. Tests replace it. */
export interface Cloud {
  stacks(): Promise<StackReader>;
  failureQueue(name: string): Promise<FailureQueue>;
  failureBucket(name: string): Promise<FailureBucket>;
  functions(): Promise<FunctionRunner>;
  /** Reads the URL of a function by its name. */
  functionUrls(): Promise<(name: string) => Promise<string | undefined>>;
  sender(): Promise<EventSender>;
  logs(): Promise<LogReader>;
  account(): Promise<AccountReader>;
  metrics(): Promise<MetricReader>;
  siteBucket(name: string): Promise<SiteBucket>;
  siteCache(distribution: string): Promise<SiteCache>;
}

export type Connect = (options: AwsOptions, model?: AppModel) => Cloud;

/** AWS itself. Each client of the SDK is loaded when it is first used. */
export const connect: Connect = (options) => ({
  stacks: async () => (await import('./aws/stacks.js')).stackReader(options),
  failureQueue: async (name) =>
    (await import('./aws/failure-queue.js')).failureQueue(options, name),
  failureBucket: async (name) =>
    (await import('./aws/failure-bucket.js')).failureBucket(options, name),
  functions: async () => (await import('./aws/function-runner.js')).functionRunner(options),
  functionUrls: async () => (await import('./aws/function-urls.js')).functionUrls(options),
  sender: async () => (await import('./aws/event-sender.js')).eventSender(options),
  logs: async () => (await import('./aws/log-reader.js')).logReader(options),
  account: async () => (await import('./aws/account-reader.js')).accountReader(options),
  siteBucket: async (name) => (await import('./aws/site-bucket.js')).siteBucket(options, name),
  siteCache: async (id) => (await import('./aws/site-cache.js')).siteCache(options, id),
  metrics: async () => (await import('./aws/cloudwatch.js')).metricReader(options),
});

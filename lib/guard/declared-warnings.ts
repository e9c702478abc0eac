import { GuardText } from './guard';

/**
 * Warnings given where a part is declared, because only there the cause is known. They are listed here so that `app.guards`,
 * `app.acknowledge` and the documentation know them. A test checks that none is missing.
 */
export const DECLARED_WARNINGS: readonly GuardText[] = [
  {
    id: 'access-logs-policy',
    severities: ['warning'],
    what: 'An imported bucket for access logs. The app cannot change its policy.',
    why: 'Without `s3:PutObject` for logging.s3.amazonaws.com, no logs arrive.',
    fix: 'Allow it in the bucket’s policy, where the bucket is defined.',
    accept: 'The bucket’s policy allows it.',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  },
  {
    id: 'blind-cost-alarm',
    severities: ['warning'],
    what: 'A function whose `systemLogLevelV2` is WARN, in an app that has alarms or graphs of its cost.',
    why: 'At WARN, Lambda logs no report for an invocation, so neither the function’s cost nor its failures are visible.',
    fix: 'Leave it at the default, INFO. To log less, raise `applicationLogLevelV2`.',
    accept: 'Cost and failures of this function do not matter.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html',
  },
  {
    id: 'failure-queue-policy',
    severities: ['warning'],
    what: 'An imported `failureQueue` to which EventBridge must send messages. The app cannot change its policy.',
    why: 'Without `sqs:SendMessage` for events.amazonaws.com, the queue receives neither notifications of records in the failure bucket nor events that EventBridge could not deliver to a function.',
    fix: 'Allow it in the queue’s policy, where the queue is defined.',
    accept: 'The queue’s policy allows it.',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  },
  {
    id: 'imported-bucket',
    severities: ['warning'],
    what: 'An imported bucket that triggers a function. Its events arrive through EventBridge, which must be enabled on the bucket.',
    why: 'Synthesis cannot check whether an imported bucket sends its events, and the handler receives them in EventBridge’s format.',
    fix: 'Enable EventBridge on the bucket, where the bucket is defined.',
    accept: 'The bucket sends its events to EventBridge.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  },
  {
    id: 'native-package',
    severities: ['warning'],
    what: 'A bundled package that, like `sharp`, looks for its native code at run time, in other packages or beside its own files.',
    why: 'A bundle contains only what esbuild can see, so the import fails when the function starts, unless the package works without native code.',
    fix: 'Add it to `bundling.nodeModules`: npm then installs it into the asset for the function’s architecture.',
    accept: 'The package works without its native code, only more slowly.',
    source: 'https://esbuild.github.io/getting-started/#bundling-for-node',
  },
  {
    id: 'schedule-in-the-past',
    severities: ['warning'],
    what: 'A schedule whose `start`, `end` or only time (`at(…)`) has passed.',
    why: 'EventBridge Scheduler refuses a new schedule that starts or ends in the past, so another stage or account, or a renamed function, could not be deployed. A `start` in the past is left out, which means the same.',
    fix: 'Remove the time, or the schedule where it never runs again.',
    accept: 'The schedule is to stay as it is until the code is tidied up.',
    source: 'https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html',
  },
  {
    id: 'run-rate-asked-early',
    severities: ['warning'],
    what: 'A call of `metricRunRate()` before the last function and route were declared.',
    why: 'The metric misses what was declared later, or counts it at another price.',
    fix: 'Move the call to the end.',
    accept: 'The metric does not need to include what was declared later.',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html',
  },
  {
    id: 'secret-file',
    severities: ['warning'],
    what: 'A folder in `bundling.copyFiles` that contains a file which usually holds secrets: `.env`, `.npmrc`, `.netrc`, `.git`, `.aws`.',
    why: 'Whoever may read the function’s code or the bucket of assets would read the secrets. The file is not copied.',
    fix: 'Move it out of the folder. If the function needs it, name the file itself in `copyFiles`.',
    accept: 'The function does not need the file, and it has to stay in that folder.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html',
  },
];

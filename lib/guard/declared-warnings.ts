import { GuardText } from './guard';

/**
 * Warnings that are told where a part is made, since only there it is known. They stand here so that `app.guards`, `app.acknowledge` and
 * the documentation know them; a test sees to it that none is missing.
 */
export const DECLARED_WARNINGS: readonly GuardText[] = [
  {
    id: 'access-logs-policy',
    severities: ['warning'],
    what: 'An imported bucket for access logs, whose policy cannot be changed here.',
    why: 'Without `s3:PutObject` for logging.s3.amazonaws.com there are no logs.',
    fix: 'Allow it in the bucket’s policy, where the bucket is made.',
    accept: 'The bucket’s policy allows it.',
    source:
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html',
  },
  {
    id: 'blind-cost-alarm',
    severities: ['warning'],
    what: 'A function whose `systemLogLevelV2` is WARN, in an app with alarms or graphs of what it costs.',
    why: 'At WARN Lambda reports no invocation, so nobody sees what the function costs and how often it fails.',
    fix: 'Leave it out for INFO, and raise `applicationLogLevelV2` for fewer lines of your own.',
    accept: 'Cost and failures of this function do not matter.',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html',
  },
  {
    id: 'failure-queue-policy',
    severities: ['warning'],
    what: 'An imported `failureQueue` to which EventBridge must send, whose policy cannot be changed here.',
    why: 'Without `sqs:SendMessage` for events.amazonaws.com it hears neither of records in the failure bucket nor of events that EventBridge could not hand to a function.',
    fix: 'Allow it in the queue’s policy, where the queue is made.',
    accept: 'The queue’s policy allows it.',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  },
  {
    id: 'imported-bucket',
    severities: ['warning'],
    what: 'An imported bucket that runs a function: its events come through EventBridge, which must be switched on for that bucket.',
    why: 'An imported bucket cannot be asked whether it sends its events, and the handler gets EventBridge’s form of them.',
    fix: 'Switch EventBridge on for the bucket, where it is made.',
    accept: 'The bucket sends its events to EventBridge.',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  },
  {
    id: 'native-package',
    severities: ['warning'],
    what: 'A bundled package that looks for its native code at run time, as `sharp` does, in other packages or beside its own files.',
    why: 'A bundle has only what esbuild could see, so the import fails when the function starts, unless the package can do without.',
    fix: 'Name it in `bundling.nodeModules`: npm installs it into the asset, for the function’s architecture.',
    accept: 'The package works without its native code, as those do that only run faster with it.',
    source: 'https://esbuild.github.io/getting-started/#bundling-for-node',
  },
  {
    id: 'run-rate-asked-early',
    severities: ['warning'],
    what: '`metricRunRate()` that was called before the last function and route were declared.',
    why: 'What was declared later is not in the metric, or at another price.',
    fix: 'Move the call to the end.',
    accept: 'What was declared later need not be in it.',
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

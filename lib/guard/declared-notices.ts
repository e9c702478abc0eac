/** An info message that the CDK's CLI prints. It needs no action, and can be acknowledged. */
export interface NoticeText {
  /** The name; the whole id is `cdk-serverless-app:<id>`. */
  readonly id: string;
  /** What the message says. */
  readonly what: string;
}

/** All info messages of the library. A test checks that none is missing. */
export const DECLARED_NOTICES: readonly NoticeText[] = [
  {
    id: 'development-cold-start',
    what: 'A function’s `coldStart` that a development stage leaves out, because it costs money around the clock.',
  },
  { id: 'estimate', what: 'What the app costs a month at three usage levels.' },
  {
    id: 'large-asset',
    what: 'A function’s asset of 5 MB or more (unzipped), with its largest parts and ways to make it smaller.',
  },
  { id: 'missed-schedule', what: 'A schedule for which there is no alarm, with the reason.' },
  {
    id: 'no-notification-target',
    what: 'An app in production without alarms, because no notification target is set.',
  },
  {
    id: 'rest-log-role',
    what: 'A REST API with an access log. API Gateway can write the log only with a role in the account settings; without that role, the first deployment fails.',
  },
  { id: 'standing-cost', what: 'What a function costs without any traffic.' },
  {
    id: 'unpinned-requirements',
    what: 'A Python function whose dependencies have no exact version, so that each synthesis installs them again and may get different versions.',
  },
  {
    id: 'web-socket-log-role',
    what: 'A WebSocket API with an access log. API Gateway can write the log only with a role in the account settings; without that role, the first deployment fails.',
  },
];

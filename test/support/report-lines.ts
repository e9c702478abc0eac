/**
 * Lines in which Lambda reports invocations. Most were recorded in public repositories, with other ids; `error` and `failure` in JSON follow
 * Lambda’s documentation: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report
 */
export interface RecordedReport {
  readonly what: string;
  readonly line: string;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly failed: boolean;
  readonly timedOut: boolean;
  /** How long the environment took to start, where the line says that it did. */
  readonly startMs?: number;
}

function report(metrics: object, rest: object = { status: 'success' }): string {
  return JSON.stringify({
    time: '2026-10-08T07:30:29.470Z',
    type: 'platform.report',
    record: { requestId: '79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36', metrics, ...rest },
  });
}

export const JSON_REPORTS: readonly RecordedReport[] = [
  {
    what: 'success',
    line: report({
      durationMs: 18.593,
      billedDurationMs: 19,
      memorySizeMB: 2048,
      maxMemoryUsedMB: 246,
    }),
    billedMs: 19,
    memoryMb: 2048,
    failed: false,
    timedOut: false,
  },
  {
    // 1,233.96 + 463.512 = 1,697.472: what is billed holds the initialization.
    what: 'success with init, which is billed',
    line: report({
      durationMs: 1233.96,
      billedDurationMs: 1698,
      memorySizeMB: 256,
      maxMemoryUsedMB: 123,
      initDurationMs: 463.512,
    }),
    billedMs: 1698,
    memoryMb: 256,
    failed: false,
    timedOut: false,
    startMs: 463.512,
  },
  {
    // The time of an environment that is kept ready is not billed a second time: 1.317 is billed as 2.
    what: 'provisioned, the first one of its environment',
    line: report({
      durationMs: 1.317,
      billedDurationMs: 2,
      memorySizeMB: 1024,
      maxMemoryUsedMB: 68,
      initDurationMs: 10,
    }),
    billedMs: 2,
    memoryMb: 1024,
    failed: false,
    timedOut: false,
    startMs: 10,
  },
  {
    // 147.156 is billed as 148, and of the restoration 53.
    what: 'restored from a snapshot',
    line: report({
      durationMs: 147.156,
      billedDurationMs: 201,
      memorySizeMB: 512,
      maxMemoryUsedMB: 91,
      restoreDurationMs: 500.795,
      billedRestoreDurationMs: 53,
    }),
    billedMs: 201,
    memoryMb: 512,
    failed: false,
    timedOut: false,
    startMs: 500.795,
  },
  {
    what: 'timeout',
    line: report(
      { durationMs: 5000, billedDurationMs: 5000, memorySizeMB: 128, maxMemoryUsedMB: 94 },
      { status: 'timeout' },
    ),
    billedMs: 5000,
    memoryMb: 128,
    failed: true,
    timedOut: true,
  },
  {
    what: 'error',
    line: report(
      { durationMs: 10935.7, billedDurationMs: 10936, memorySizeMB: 1024, maxMemoryUsedMB: 1024 },
      { status: 'error', errorType: 'Runtime.OutOfMemory' },
    ),
    billedMs: 10936,
    memoryMb: 1024,
    failed: true,
    timedOut: false,
  },
  {
    what: 'failure',
    line: report(
      { durationMs: 35.5, billedDurationMs: 36, memorySizeMB: 1024, maxMemoryUsedMB: 2 },
      { status: 'failure', errorType: 'Sandbox.Failure' },
    ),
    billedMs: 36,
    memoryMb: 1024,
    failed: true,
    timedOut: false,
  },
];

const ID = '276ff3b9-1609-4ee7-a288-db3752630767';

export const TEXT_REPORTS: readonly RecordedReport[] = [
  {
    what: 'success with init',
    line: `REPORT RequestId: ${ID}\tDuration: 693.92 ms\tBilled Duration: 1092 ms\tMemory Size: 128 MB\tMax Memory Used: 84 MB\tInit Duration: 397.68 ms\t\n`,
    billedMs: 1092,
    memoryMb: 128,
    failed: false,
    timedOut: false,
    startMs: 397.68,
  },
  {
    what: 'error, traced',
    line: `REPORT RequestId: ${ID}\tDuration: 10935.70 ms\tBilled Duration: 10936 ms\tMemory Size: 1024 MB\tMax Memory Used: 1024 MB\tStatus: error\tError Type: Runtime.OutOfMemory\nXRAY TraceId: 1-6ac7d556-032906e375c910cf42cb849e\tSegmentId: 90cbc97f4ee64a7f\tSampled: true\t\n`,
    billedMs: 10936,
    memoryMb: 1024,
    failed: true,
    timedOut: false,
  },
  {
    what: 'timeout',
    line: `REPORT RequestId: ${ID}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 512 MB\tMax Memory Used: 30 MB\tStatus: timeout\n`,
    billedMs: 3000,
    memoryMb: 512,
    failed: true,
    timedOut: true,
  },
  {
    what: 'restored from a snapshot',
    line: `REPORT RequestId: ${ID}\tDuration: 147.16 ms\tBilled Duration: 201 ms\tMemory Size: 512 MB\tMax Memory Used: 91 MB\tRestore Duration: 500.80 ms\tBilled Restore Duration: 53 ms\n`,
    billedMs: 201,
    memoryMb: 512,
    failed: false,
    timedOut: false,
    startMs: 500.8,
  },
];

/** Lines beside the reports that are not reports. */
export const OTHER_LINES: readonly string[] = [
  '{"time":"2024-06-17T17:23:55.902Z","type":"platform.start","record":{"requestId":"ca52c236","version":"$LATEST"}}',
  '{"time":"2026-07-09T06:05:50.562Z","type":"platform.runtimeDone","record":{"requestId":"aec7a529","status":"timeout","metrics":{"durationMs":5001.182,"producedBytes":0}}}',
  '{"time":"2026-07-09T06:05:50.562Z","type":"platform.initReport","record":{"initializationType":"on-demand","phase":"init","metrics":{"durationMs":125.33}}}',
  '{"timestamp":"2024-02-09T08:42:44.078Z","level":"INFO","requestId":"d661f7cf","message":"type platform.report, status error"}',
  `START RequestId: ${ID} Version: $LATEST`,
  `END RequestId: ${ID}`,
  'INIT_REPORT Init Duration: 154.03 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError',
  '2026-08-10T02:34:39.674Z\t13aa488f\tINFO\tREPORT of the day: 12 orders',
];

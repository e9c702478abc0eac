import * as http from 'node:http';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as aws4 from 'aws4';
import { Target } from './target';

/** The state of an alarm in CloudWatch. */
export interface AlarmState {
  readonly name: string;
  readonly metric: string;
  readonly state: string;
}

/** The alarms whose names have this prefix. */
export async function describeAlarms(target: Target, prefix: string): Promise<AlarmState[]> {
  const xml = await cloudWatch(target, 'DescribeAlarms', { AlarmNamePrefix: prefix });
  return xml
    .split('<AlarmName>')
    .slice(1)
    .map((alarm) => ({
      name: alarm.slice(0, alarm.indexOf('<')),
      metric: textOf(alarm, 'MetricName'),
      state: textOf(alarm, 'StateValue'),
    }));
}

/** Writes a value of one of AWS's own metrics, which the emulator does not write. It evaluates the alarms at once. */
export async function putMetric(
  target: Target,
  metric: { readonly namespace: string; readonly name: string; readonly value: number },
): Promise<void> {
  await cloudWatch(target, 'PutMetricData', {
    Namespace: metric.namespace,
    'MetricData.member.1.MetricName': metric.name,
    'MetricData.member.1.Value': String(metric.value),
  });
}

/** The notifications from CloudWatch that a queue has received through a topic. */
export async function heard(target: Target, QueueUrl: string): Promise<Record<string, string>[]> {
  const { Messages = [] } = await new SQSClient(target.clientOptions).send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '{}' }) => {
    const { Message } = JSON.parse(Body) as { Message: string };
    return JSON.parse(Message) as Record<string, string>;
  });
}

async function cloudWatch(
  target: Target,
  Action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const { config } = new LambdaClient(target.clientOptions);
  const [region, credentials] = await Promise.all([config.region(), config.credentials()]);
  const { hostname, port } = new URL(target.endpoint ?? '');
  const body = new URLSearchParams({ Action, Version: '2010-08-01', ...parameters }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const unsigned = { host: hostname, method: 'POST', path: '/', headers, body };
  const signed = aws4.sign({ ...unsigned, service: 'monitoring', region }, credentials);
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      { hostname, port, method: 'POST', path: '/', headers: signed.headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          if (incoming.statusCode === 200) {
            resolve(text);
          } else {
            reject(new Error(`${Action}: ${text}`));
          }
        });
      },
    );
    outgoing.on('error', reject).end(body);
  });
}

function textOf(xml: string, tag: string): string {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '';
}

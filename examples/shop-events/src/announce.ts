import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AppEvent } from 'cdk-serverless-app/events';
import type { AnnounceReceives } from '../serverless-app-env';
import { environment } from './environment';
import type { ShopEvents } from './events';

const topics = new SNSClient();

/** Publishes that an order is paid. Subscribers filter by the attribute `receipt`. */
export async function handler({
  detail: order,
}: AppEvent<ShopEvents, AnnounceReceives>): Promise<void> {
  await topics.send(
    new PublishCommand({
      TopicArn: environment('NEWS_TOPIC_ARN'),
      Message: JSON.stringify(order),
      MessageAttributes: {
        receipt: { DataType: 'String', StringValue: order.receipt ? 'yes' : 'no' },
      },
    }),
  );
}

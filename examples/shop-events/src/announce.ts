import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { EventBridgeEvent } from 'aws-lambda';
import { environment } from './environment';
import type { Order } from './order';

const topics = new SNSClient();

/** Publishes that an order is paid. Subscribers filter by the attribute `receipt`. */
export async function handler({
  detail: order,
}: EventBridgeEvent<'OrderPaid', Order>): Promise<void> {
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

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { InvalidOrder, Order, parseOrder } from './order';
import { json } from './response';
import { saveOrder } from './save-order';

/** `POST /orders` with the order as JSON. */
export async function handler(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  let order: Order;
  try {
    order = parseOrder(bodyOf(event));
  } catch (error) {
    if (error instanceof InvalidOrder) {
      return json(400, { message: error.message });
    }
    throw error;
  }
  const isNew = await saveOrder(order);
  if (!isNew) {
    return json(409, { message: `there is an order ${order.id} already` });
  }
  console.log({ message: 'order created', id: order.id, totalCents: order.totalCents });
  return json(201, order);
}

function bodyOf(event: APIGatewayProxyEventV2): unknown {
  const text = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new InvalidOrder('the body must be JSON');
  }
}

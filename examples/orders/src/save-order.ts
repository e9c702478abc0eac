import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';
import { Order } from './order';

/** Saves an order; false if one with that id already exists, for example after a repeated event. */
export async function saveOrder(order: Order): Promise<boolean> {
  try {
    await database.send(
      new PutCommand({
        TableName: environment('ORDERS_TABLE_NAME'),
        Item: order,
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return false;
    }
    throw error;
  }
}

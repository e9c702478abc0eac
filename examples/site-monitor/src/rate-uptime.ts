import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';
import { allSites, latestChecks } from './sites';

/** One day of checks. */
const CHECKS = 288;

/** Works out each site's uptime from its latest checks. */
export async function handler(): Promise<void> {
  for (const { url } of await allSites()) {
    const checks = await latestChecks(url, CHECKS);
    if (checks.length > 0) {
      const up = checks.filter((check) => check.up).length;
      await saveUptime(url, Math.round((up / checks.length) * 1000) / 10);
    }
  }
}

async function saveUptime(url: string, uptime: number): Promise<void> {
  try {
    await database.send(
      new UpdateCommand({
        TableName: environment('SITES_TABLE_NAME'),
        Key: { url },
        UpdateExpression: 'SET uptime = :uptime',
        ConditionExpression: 'attribute_exists(#url)',
        ExpressionAttributeNames: { '#url': 'url' },
        ExpressionAttributeValues: { ':uptime': uptime },
      }),
    );
    console.log({ message: 'uptime worked out', url, uptime });
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) {
      throw error; // else the site was removed meanwhile
    }
  }
}

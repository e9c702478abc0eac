import { paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';
import { Check, Site } from './site';

export async function allSites(): Promise<Site[]> {
  const sites: Site[] = [];
  const pages = paginateScan({ client: database }, { TableName: environment('SITES_TABLE_NAME') });
  for await (const page of pages) {
    sites.push(...((page.Items ?? []) as Site[]));
  }
  return sites;
}

/** The latest checks of a site, the newest first. */
export async function latestChecks(url: string, count: number): Promise<Check[]> {
  const { Items = [] } = await database.send(
    new QueryCommand({
      TableName: environment('CHECKS_TABLE_NAME'),
      KeyConditionExpression: '#url = :url',
      ExpressionAttributeNames: { '#url': 'url' },
      ExpressionAttributeValues: { ':url': url },
      ScanIndexForward: false,
      Limit: count,
    }),
  );
  return Items as Check[];
}

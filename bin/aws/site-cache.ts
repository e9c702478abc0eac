import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { SiteCache } from '../site/site-store';
import { AwsOptions, clientSettings, naming } from './clients';

export function siteCache(options: AwsOptions, DistributionId: string): SiteCache {
  const client = naming(new CloudFrontClient(clientSettings(options)), 'cloudfront');
  return {
    invalidate: async (paths, CallerReference) => {
      const Paths = { Quantity: paths.length, Items: [...paths] };
      await client.send(
        new CreateInvalidationCommand({
          DistributionId,
          InvalidationBatch: { CallerReference, Paths },
        }),
      );
    },
  };
}

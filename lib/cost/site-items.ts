import { GB } from '../kinds/log-items';
import { AppModel } from '../model/app-model';
import { LevelName } from './app-estimate';
import { BillItem } from './bill';
import { amountsOf, SITE_MISSES, SITE_REQUESTS, SITE_RESPONSE_BYTES } from './usage-defaults';

/**
 * What a site costs: requests, transfer and the function that routes each request, for files and for the API behind it, and the bucket.
 * Transfer from the bucket and the API to CloudFront is free; that of the API’s responses is an item of the API.
 *
 * @param apiRequests the requests to the app's API in a month
 */
export function siteItems(
  { sites = [] }: AppModel,
  apiRequests: number,
  level: LevelName,
): BillItem[] {
  const withApi = sites.filter(({ apiPath }) => apiPath !== undefined).length;
  return sites.flatMap(
    ({ id: resource, apiPath, bytes, monthlyRequests, responseBytes }): BillItem[] => {
      const files = amountsOf(monthlyRequests, SITE_REQUESTS)[level];
      const requests = files + (apiPath === undefined ? 0 : apiRequests / withApi);
      return [
        { price: 'cloudFront.requests', resource, quantity: requests },
        { price: 'cloudFront.functions', resource, quantity: requests },
        {
          price: 'cloudFront.out',
          resource,
          quantity: (files * (responseBytes ?? SITE_RESPONSE_BYTES)) / GB,
        },
        { price: 's3.gets', resource, quantity: files * SITE_MISSES },
        { price: 's3.storage', resource, quantity: bytes / GB },
      ];
    },
  );
}

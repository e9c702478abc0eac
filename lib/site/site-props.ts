import type { Size } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { UsageAmounts } from '../estimate/usage';
import type { SiteUpload } from './site-upload';

/** How a site answers a request whose path is not a file. */
export enum SiteRouting {
  /** For an app that routes in the browser: a path that is not a file gets `/index.html`. */
  SINGLE_PAGE = 'singlePage',

  /** For a site of many pages: `/docs` and `/docs/` get `/docs/index.html`. */
  FOLDERS = 'folders',
}

/** The domain of a site. */
export interface SiteDomain {
  /** The name alone, for example `www.example.com`. */
  readonly domainName: string;

  /**
   * A certificate for that name, in us-east-1: CloudFront accepts no other. In a stack of another region, create it in a stack in
   * us-east-1 with `crossRegionReferences: true`.
   */
  readonly certificate: acm.ICertificate;

  /**
   * The hosted zone that gets the alias records (A and AAAA) for the name, which must be in that zone.
   *
   * @default - no records
   */
  readonly hostedZone?: route53.IHostedZone;
}

/** Props of a site. */
export interface SiteProps {
  /**
   * Whether the site serves the app's API on the same domain, below `apiPath`.
   *
   * @default true, if the app has an API
   */
  readonly api?: boolean;

  /**
   * The path of the API at the site: letters, digits, `-`, `_` and `/`. The API gets the requests without it: `/api/orders` becomes `/orders`.
   *
   * @default 'api'
   */
  readonly apiPath?: string;

  /**
   * How the site answers a request whose path is not a file.
   *
   * @default SiteRouting.SINGLE_PAGE
   */
  readonly routing?: SiteRouting;

  /**
   * Your own domain.
   *
   * @default - the domain that CloudFront assigns
   */
  readonly domain?: SiteDomain;

  /**
   * How the files are uploaded.
   *
   * @default SiteUpload.byCommand()
   */
  readonly upload?: SiteUpload;

  /**
   * The folders whose files never change under the same name, each with a trailing slash: `['assets/']`. Browsers keep them for a year.
   *
   * @default - files with a hash in their name, such as `index-BX3k9aZ1.js` or `main.8f3a2b1c.css`
   */
  readonly immutable?: string[];

  /**
   * Options of the bucket with the files. They override the app's defaults for buckets.
   *
   * @default - the defaults of `addBucket`
   */
  readonly bucketOptions?: s3.BucketProps;

  /**
   * The headers that CloudFront adds to each response.
   *
   * @default - AWS's managed policy `SecurityHeadersPolicy`: HSTS, no sniffing, frames of the same origin only, strict referrer
   */
  readonly responseHeadersPolicy?: cloudfront.IResponseHeadersPolicyRef;

  /**
   * Which edge locations serve the site.
   *
   * @default - all
   */
  readonly priceClass?: cloudfront.PriceClass;

  /**
   * The countries whose visitors are allowed, or blocked.
   *
   * @default - all countries are allowed
   */
  readonly geoRestriction?: cloudfront.GeoRestriction;

  /**
   * The ARN of an AWS WAF web ACL for CloudFront, which is in us-east-1.
   *
   * @default - no web ACL
   */
  readonly webAclArn?: string;

  /**
   * A bucket for CloudFront's standard logs. It needs access control lists: `objectOwnership: ObjectOwnership.OBJECT_WRITER`.
   *
   * @default - no such logs
   */
  readonly accessLogBucket?: s3.IBucket;

  /**
   * The expected requests for files in a month. Only the cost estimate uses it.
   *
   * @default - 100,000, 1 million and 10 million
   */
  readonly monthlyRequests?: UsageAmounts;

  /**
   * The mean size of a response with a file, compressed. Only the cost estimate uses it.
   *
   * @default Size.kibibytes(30)
   */
  readonly responseSize?: Size;
}

/** Options of `addSite`. */
export interface SiteOptions extends SiteProps {
  /**
   * The id of the site in the app.
   *
   * @default 'Site'
   */
  readonly id?: string;
}

import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { SITE_DEFAULTS } from '../core/defaults';
import { amounts } from '../estimate/usage-prop-set';
import { flag, fullText, instance, knownText, listOf, oneOf, struct } from '../props/kinds';
import { propsOf } from '../props/prop-set';
import { BUCKET_PROPS } from '../storage/bucket-prop-set';
import { SiteDomain, SiteOptions, SiteProps, SiteRouting } from './site-props';

export const SITE_DOMAIN_PROPS = propsOf<SiteDomain>()({
  domainName: fullText().required(),
  certificate: instance(
    'a certificate',
    'give a certificate of us-east-1',
    'certificateArn',
  ).required(),
  hostedZone: instance('a hosted zone', 'import it with `HostedZone.from…`', 'hostedZoneId'),
});

export const SITE_PROPS = propsOf<SiteProps>()({
  api: flag().defaultsTo(true),
  apiPath: knownText().defaultsTo(SITE_DEFAULTS.apiPath).in('sites'),
  routing: oneOf<SiteRouting>('SiteRouting', () => SiteRouting)
    .defaultsTo(SiteRouting.SINGLE_PAGE)
    .in('sites'),
  domain: struct(SITE_DOMAIN_PROPS),
  upload: instance('a SiteUpload', 'write `SiteUpload.bucketDeployment()`', 'usesHelper').in(
    'sites',
  ),
  immutable: listOf(knownText()).in('sites'),
  bucketOptions: struct(BUCKET_PROPS).in('sites'),
  responseHeadersPolicy: instance(
    'a response headers policy',
    'write `new ResponseHeadersPolicy(…)`',
    'responseHeadersPolicyRef',
  ).in('sites'),
  priceClass: oneOf<PriceClass>('PriceClass', () => PriceClass).in('sites'),
  geoRestriction: instance(
    'a GeoRestriction',
    'write `GeoRestriction.allowlist("DE")`',
    'locations',
  ).in('sites'),
  webAclArn: fullText().in('sites'),
  accessLogBucket: instance('a bucket', 'write `new Bucket(…)`', 'bucketArn').in('sites'),
  monthlyRequests: amounts(),
  responseSize: instance('a Size', 'write, for example, `Size.kibibytes(30)`', 'toBytes'),
});

export const SITE_OPTIONS_PROPS = propsOf<SiteOptions>()({
  ...SITE_PROPS.props,
  id: knownText().defaultsTo(SITE_DEFAULTS.id),
});
